package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.event.EventFormats;
import io.riskstream.manifest.ManifestWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pipeline that runs and is to be loaded.
 *
 * @param config where it reads and writes
 * @param formats of the events that it is sent
 * @param manifest what is sent, a file that is not there yet
 */
record UnderLoad(ContenderRun job, RiskstreamConfig config, Formats formats, Path manifest) {
  /** How events are written. */
  @FunctionalInterface
  interface Formats {
    /**
     * Returns them.
     *
     * @param manifest is told of schemas
     */
    EventFormats of(ManifestWriter manifest) throws IOException;
  }

  /** Returns the folder of the lake's events; empty if the lake is not on this machine. */
  Optional<Path> events() {
    var lake = URI.create(config.lake().path());
    if (lake.getScheme() != null && !lake.getScheme().equals("file")) {
      return Optional.empty();
    }
    var folder = lake.getScheme() == null ? Path.of(lake.getPath()) : Path.of(lake);
    return Optional.of(folder.resolve("events"));
  }
}
