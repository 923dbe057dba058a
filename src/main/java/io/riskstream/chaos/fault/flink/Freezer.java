package io.riskstream.chaos.fault.flink;

import io.riskstream.cluster.ClusterMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops several processes at once, within a millisecond: a shell waits for their ids, as starting a
 * program for each of them would take longer than the moment lasts that is to be hit.
 */
final class Freezer implements AutoCloseable {
  private static final String SCRIPT = "while read line; do kill $line 2>/dev/null; echo; done";

  private final Process shell;
  private final Writer commands;
  private final BufferedReader answers;
  private final String pids;

  private Freezer(Process shell, List<ClusterMember> members) {
    this.shell = shell;
    commands = shell.outputWriter(StandardCharsets.UTF_8);
    answers = shell.inputReader(StandardCharsets.UTF_8);
    pids = members.stream().map(one -> Long.toString(one.pid())).collect(Collectors.joining(" "));
  }

  static Freezer of(List<ClusterMember> members) throws IOException {
    var shell =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Freezer(shell, members);
  }

  /** Stops them; returns when all have got the signal. */
  void freeze() throws IOException {
    signal("STOP");
  }

  /** Lets them go on. */
  void thaw() throws IOException {
    signal("CONT");
  }

  @Override
  public void close() throws IOException {
    commands.close();
    shell.destroy();
  }

  private void signal(String name) throws IOException {
    commands.write("-" + name + " " + pids + "\n");
    commands.flush();
    answers.readLine();
  }
}
