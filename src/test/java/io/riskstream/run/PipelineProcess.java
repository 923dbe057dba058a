package io.riskstream.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code riskstream pipeline} in a JVM of its own, with this one's classes. */
final class PipelineProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private PipelineProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param home stands for the installation; has no configuration of its own
   * @param keys of the configuration
   */
  static PipelineProcess start(
      Path home, Path output, Map<String, String> keys, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    for (var opened : List.of("java.util", "java.lang", "java.time")) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-Driskstream.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            "io.riskstream.cli.Riskstream",
            "pipeline"));
    keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new PipelineProcess(process, output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as {@code kill -9} does, and returns its exit status. */
  int kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor();
  }

  /** Waits for its end and returns its exit status. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end: " + output());
    }
    return process.exitValue();
  }

  String output() {
    try {
      return Files.readString(output, UTF_8);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
