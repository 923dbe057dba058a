package io.riskstream.cli.cluster;

import io.riskstream.cli.option.ConfigOptionsMixin;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says which cluster is meant. */
final class FolderOption {
  private static final String NAME = "cluster-data";

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "of all that the cluster writes (" + NAME + " of the installation)")
  private Path folder;

  /** Returns the folder, absolute. */
  Path path() {
    var chosen =
        folder != null ? folder : Path.of(System.getProperty(ConfigOptionsMixin.HOME, ""), NAME);
    return chosen.toAbsolutePath().normalize();
  }
}
