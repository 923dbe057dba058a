package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.event.EventFormats;
import io.riskstream.manifest.ManifestWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pipeline that runs and is to be loaded.
 *
 * @param workload of what it is sent, but for the probes
 * @param config where it reads and writes
 * @param events the dataset of events in the lake; empty if it cannot be looked at from here
 * @param formats of the events that it is sent
 */
record UnderLoad(
    ContenderRun job,
    Workload workload,
    RiskstreamConfig config,
    Optional<Path> events,
    Formats formats) {
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
}
