package io.riskstream.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;

/**
 * Flink's plugins, each of which has a class loader of its own: S3 as a file system. It is fetched
 * when a configuration first names an address of S3.
 */
final class FlinkPlugins {
  private static final String S3 = "s3-fs-hadoop";
  private static final String S3_JAR = "flink-s3-fs-hadoop-*.jar";
  private static final String FETCH = "dependency:copy@s3-plugin";
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(5);

  private FlinkPlugins() {}

  /**
   * Returns what a process of the cluster needs in its environment to find them.
   *
   * @throws IOException if one is needed that is not there and cannot be fetched
   */
  static Map<String, String> environment(Configuration configuration) throws IOException {
    var home = Installation.home();
    var found = folder(home);
    if (found.isEmpty() && needsS3(configuration)) {
      fetch(home);
      found = folder(home);
    }
    return found.map(folder -> Map.of("FLINK_PLUGINS_DIR", folder.toString())).orElse(Map.of());
  }

  static boolean needsS3(Configuration configuration) {
    return configuration.toMap().values().stream().anyMatch(value -> value.matches("s3a?://.*"));
  }

  private static Optional<Path> folder(Path home) throws IOException {
    for (var folder : List.of(home.resolve("plugins"), home.resolve("target").resolve("plugins"))) {
      if (Files.isDirectory(folder.resolve(S3))) {
        try (var jars = Files.newDirectoryStream(folder.resolve(S3), S3_JAR)) {
          if (jars.iterator().hasNext()) {
            return Optional.of(folder);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static void fetch(Path home) throws IOException {
    var log = home.resolve("target").resolve("plugins.log");
    var remedy =
        "s3:// needs Flink's plugin " + S3_JAR + " in " + home.resolve("plugins").resolve(S3);
    if (!Files.isRegularFile(home.resolve("pom.xml"))) {
      throw new IOException(remedy + "; it comes with Flink, in its folder opt");
    }
    var maven =
        new ProcessBuilder("mvn", "-q", "-B", FETCH)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Process process;
    try {
      process = maven.start();
    } catch (IOException noMaven) {
      throw new IOException(remedy + "; Maven, which fetches it, was not found", noMaven);
    }
    try {
      if (!process.waitFor(FETCH_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(remedy + "; mvn " + FETCH + " did not fetch it, see " + log);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching a plugin");
    } finally {
      process.destroyForcibly();
    }
  }
}
