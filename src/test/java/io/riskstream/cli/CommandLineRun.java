package io.riskstream.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** What a command printed and how it ended. */
record CommandLineRun(int status, String out, String err) {
  static CommandLineRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var status =
        Riskstream.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new CommandLineRun(status, out.toString(), err.toString());
  }

  String lastLine() {
    var lines = out.lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Override
  public String toString() {
    return Arrays.asList(status, out, err).toString();
  }
}
