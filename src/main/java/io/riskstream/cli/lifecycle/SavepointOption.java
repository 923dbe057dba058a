package io.riskstream.cli.lifecycle;

import io.riskstream.lifecycle.Lifecycle;
import picocli.CommandLine.Option;

/** Where a savepoint is to be written. */
final class SavepointOption {
  @Option(
      names = "--savepoints",
      paramLabel = "URI",
      description = "Folder of savepoints, one that the cluster can write (the cluster's own).")
  private String folder;

  Lifecycle applyTo(Lifecycle lifecycle) {
    return lifecycle.withSavepoints(folder);
  }
}
