package io.riskstream.cluster.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a program as a session of its own, which the terminal's Ctrl-C and hang-up do not reach;
 * its output is appended to a file.
 */
public final class Launch {
  private static final File NOTHING = new File("/dev/null");

  /** Where there is no setsid the program is at least told to ignore those signals. */
  private static final String DETACHED_SCRIPT =
      """
      command -v setsid >/dev/null && exec setsid "$@"
      trap '' INT HUP
      exec "$@"
      """;

  /**
   * A watcher holds the read end of a pipe from this JVM and ends the program when the pipe closes,
   * which the kernel does for a JVM that ends in whatever way.
   */
  private static final String ATTACHED_SCRIPT =
      """
      exec 3<&0
      ( trap '' INT HUP TERM; cat <&3 >/dev/null; kill -KILL $$ ) >/dev/null 2>&1 &
      exec 3<&- </dev/null
      """
          + DETACHED_SCRIPT;

  private Launch() {}

  /** Starts a program that outlives this JVM. */
  public static ProcessMark detached(
      Path log, Map<String, String> environment, List<String> command) throws IOException {
    return start(DETACHED_SCRIPT, log, environment, command, ProcessBuilder.Redirect.from(NOTHING));
  }

  /** Starts a program that ends with this JVM, however that ends. */
  public static ProcessMark attached(
      Path log, Map<String, String> environment, List<String> command) throws IOException {
    return start(ATTACHED_SCRIPT, log, environment, command, ProcessBuilder.Redirect.PIPE);
  }

  private static ProcessMark start(
      String script,
      Path log,
      Map<String, String> environment,
      List<String> command,
      ProcessBuilder.Redirect input)
      throws IOException {
    var whole = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    whole.addAll(command);
    var builder =
        new ProcessBuilder(whole)
            .redirectInput(input)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    var pid = builder.start().pid();
    return ProcessMark.of(pid).orElse(ProcessMark.ended(pid));
  }
}
