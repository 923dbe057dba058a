package io.riskstream.benchmarks.contender;

import io.riskstream.cluster.process.Launch;
import io.riskstream.cluster.process.ProcessMark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A contender that is one JVM, on the class path of its module; it ends with this JVM. */
public final class PeerJvm implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int SHOWN = 5;

  private final ProcessMark process;
  private final Path log;

  private PeerJvm(ProcessMark process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param module its folder, which is built
   * @param options of the JVM, beside those of the assignment
   * @param arguments the class to run, and its arguments
   */
  public static PeerJvm start(
      Assignment assignment, Path module, List<String> options, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!assignment.jvmOptions().isEmpty()) {
      command.addAll(List.of(assignment.jvmOptions().split(" ")));
    }
    command.addAll(options);
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(
        module.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(module.resolve("target/runtime.classpath")).strip());
    command.addAll(arguments);
    var log = assignment.folder().resolve(module.getFileName() + ".log");
    return new PeerJvm(Launch.attached(log, Map.of(), command), log);
  }

  public Set<Long> processes() {
    return Set.of(process.pid());
  }

  /** Does nothing while it runs. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      var lines = Files.readAllLines(log);
      var last = lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
      throw new IOException("it has ended; its log ends with: " + String.join("; ", last));
    }
  }

  @Override
  public void close() throws IOException {
    process.terminate();
    if (!process.awaitEnd(STOP_LIMIT)) {
      process.kill();
    }
  }
}
