package io.riskstream.artifact;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code mvn package} has left in the target folder; a missing artifact fails by its name. */
final class BuiltArtifacts {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private BuiltArtifacts() {}

  static Path jobJar() throws IOException {
    return jar("riskstream-.*-job\\.jar");
  }

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

  /** Returns the jars of a Flink distribution, as far as our dependencies have them. */
  static List<Path> flinkJars() throws IOException {
    var file = TARGET.resolve("flink.classpath");
    if (!Files.exists(file)) {
      throw new AssertionError("there is no " + file + "; run mvn package first");
    }
    return Stream.of(Files.readString(file).strip().split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }
}
