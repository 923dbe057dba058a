package io.riskstream.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code mvn package} has left in the target folder; a missing artifact fails by its name. */
final class BuiltArtifacts {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private BuiltArtifacts() {}

  /** Returns our classes alone. */
  static Path mainJar() throws IOException {
    return jar("riskstream-(?!.*-job).*\\.jar");
  }

  private static Path jar(String name) throws IOException {
    try (var files = Files.list(TARGET)) {
      var jars = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      if (jars.size() != 1) {
        throw new AssertionError(TARGET + " holds " + jars + "; run mvn package first");
      }
      return jars.get(0);
    }
  }
}
