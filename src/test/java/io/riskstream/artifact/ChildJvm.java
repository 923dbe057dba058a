package io.riskstream.artifact;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Java process of its own, its output in a file; it ends with this JVM however that ends. */
public final class ChildJvm implements AutoCloseable {
  /**
   * A watcher holds the read end of a pipe from this JVM and ends the process when the pipe closes,
   * which the kernel does for a JVM that ends in whatever way. Ctrl-C is for the process to hear
   * also where the tests run in the background and so ignore it.
   */
  private static final String LAUNCH_SCRIPT =
      """
      exec 3<&0
      ( cat <&3 >/dev/null; kill -KILL $$ ) >/dev/null 2>&1 &
      exec 3<&- </dev/null
      exec env --default-signal=INT "$@"
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String mainClass;
  private final Path output;
  private final Process process;

  private ChildJvm(String mainClass, Path output, Process process) {
    this.mainClass = mainClass;
    this.output = output;
    this.process = process;
  }

  /** Starts a main class on a class path. */
  public static ChildJvm start(
      Path output,
      Map<String, String> environment,
      List<String> options,
      List<Path> classpath,
      String mainClass,
      List<String> arguments)
      throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH_SCRIPT, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new ChildJvm(mainClass, output, builder.start());
  }

  /** Returns the process id of the JVM. */
  long pid() {
    return process.pid();
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until the process has ended well, and returns what it printed. */
  public String awaitSuccess() throws IOException, InterruptedException {
    return awaitSuccess(PATIENCE);
  }

  /** Does so with more or less patience. */
  public String awaitSuccess(Duration patience) throws IOException, InterruptedException {
    var ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    var printed = output();
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(
          mainClass
              + (ended ? " ended with " + process.exitValue() : " still runs after " + patience)
              + ":\n"
              + printed);
    }
    return printed;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
