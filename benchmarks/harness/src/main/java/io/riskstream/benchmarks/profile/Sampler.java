package io.riskstream.benchmarks.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import one.profiler.AsyncProfiler;

/**
 * Samples the stacks of a running JVM by the processor time that it uses, native code among them:
 * async-profiler, which the JVM is told to load.
 */
final class Sampler {
  private static final String INTERVAL = "2ms";
  private static final long LIMIT_SECONDS = 60;
  private static final Map<String, String> LIBRARIES =
      Map.of("amd64", "linux-x64", "aarch64", "linux-arm64");

  private final long pid;
  private final Path library;

  private Sampler(long pid, Path library) {
    this.pid = pid;
    this.library = library;
  }

  /**
   * Readies it; nothing is sampled yet.
   *
   * @param folder for the library, where the JVM can read it
   */
  static Sampler of(long pid, Path folder) throws IOException {
    var machine = System.getProperty("os.arch");
    var name = LIBRARIES.get(machine);
    if (name == null) {
      throw new IOException("--profile: async-profiler has no library for " + machine);
    }
    var resource = "/" + name + "/libasyncProfiler.so";
    try (var bytes = AsyncProfiler.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IOException("--profile: " + resource + " is not in async-profiler's jar");
      }
      var library = folder.resolve("libasyncProfiler.so").toAbsolutePath();
      Files.copy(bytes, library, StandardCopyOption.REPLACE_EXISTING);
      return new Sampler(pid, library);
    }
  }

  /** Begins to sample. */
  void start() throws IOException, InterruptedException {
    tell("start,event=itimer,threads,interval=" + INTERVAL);
  }

  /**
   * Ends it.
   *
   * @param collapsed each stack that was met on a line, and how often
   * @param flameGraph a page for a browser
   */
  void stop(Path collapsed, Path flameGraph) throws IOException, InterruptedException {
    tell("stop");
    tell("dump,threads,collapsed,file=" + collapsed.toAbsolutePath());
    tell("dump,threads,flamegraph,title=riskstream,file=" + flameGraph.toAbsolutePath());
  }

  private void tell(String command) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    var process =
        new ProcessBuilder(
                jcmd.toString(),
                Long.toString(pid),
                "JVMTI.agent_load",
                library.toString(),
                command)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("jcmd does not come to an end: " + command);
    }
    if (process.exitValue() != 0 || !said.contains("return code: 0")) {
      throw new IOException("the JVM %d does not obey %s: %s".formatted(pid, command, said));
    }
  }

  /** Returns the one of these processes that runs the main class. */
  static long running(String mainClass, Iterable<Long> processes) throws IOException {
    for (var pid : processes) {
      if (commandLine(pid).contains(mainClass)) {
        return pid;
      }
    }
    throw new IOException("none of " + processes + " runs " + mainClass);
  }

  private static String commandLine(long pid) {
    try {
      var line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      return line.replace('\0', ' ');
    } catch (IOException gone) {
      throw new UncheckedIOException("process " + pid + " cannot be looked at", gone);
    }
  }
}
