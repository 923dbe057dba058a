package io.riskstream.benchmarks.profile;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import one.profiler.AsyncProfiler;

/**
 * Samples the stacks of a running JVM by the processor time that it uses, native code among them:
 * async-profiler, which the JVM is told to load.
 */
final class Sampler {
  private static final String INTERVAL = "2ms";
  private static final Map<String, String> LIBRARIES =
      Map.of("amd64", "linux-x64", "aarch64", "linux-arm64");

  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w:/])/(?:[\\w.-]+/)+(?=[\\w.-]+\\.so\\b)");

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
  void start() throws IOException {
    tell("start,event=itimer,threads,interval=" + INTERVAL);
  }

  /**
   * Ends it.
   *
   * @param collapsed each stack that was met on a line, and how often
   * @param flameGraph a page for a browser
   */
  void stop(Path collapsed, Path flameGraph) throws IOException {
    tell("stop");
    tell("dump,threads,collapsed,file=" + collapsed.toAbsolutePath());
    tell("dump,threads,flamegraph,title=riskstream,file=" + flameGraph.toAbsolutePath());
    for (var file : List.of(collapsed, flameGraph)) {
      Files.writeString(file, withoutFolders(Files.readString(file)));
    }
  }

  /** A frame of a library without symbols is named by its file, wherever the JVM unpacked that. */
  static String withoutFolders(String frames) {
    return FOLDERS.matcher(frames).replaceAll("");
  }

  private void tell(String command) throws IOException {
    try {
      var machine = VirtualMachine.attach(Long.toString(pid));
      try {
        machine.loadAgentPath(library.toString(), command);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | AgentLoadException refused) {
      throw new IOException("the JVM %d takes no profiler".formatted(pid), refused);
    } catch (AgentInitializationException refused) {
      throw new IOException(
          "async-profiler in %d refuses %s: status %d"
              .formatted(pid, command, refused.returnValue()),
          refused);
    }
  }

  /** Returns the one of these processes that runs the main class. */
  static long running(String mainClass, Iterable<Long> processes) throws IOException {
    for (var pid : processes) {
      if (Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).contains(mainClass)) {
        return pid;
      }
    }
    throw new IOException("none of " + processes + " runs " + mainClass);
  }
}
