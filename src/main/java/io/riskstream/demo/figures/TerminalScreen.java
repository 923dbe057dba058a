package io.riskstream.demo.figures;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Repaints a table in its place on a terminal, with the few control sequences that every terminal
 * of the last decades knows. A line added in between stays above the next table.
 */
public final class TerminalScreen implements Screen {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[2K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final int WIDTH = 100;

  private final PrintStream terminal;
  private int painted;

  public TerminalScreen(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Asks the system, as Java 17 knows of a terminal only if it is the input too. */
  public static boolean isStandardOutputATerminal() throws InterruptedException {
    try {
      var test = new ProcessBuilder("test", "-t", "1");
      return test.redirectOutput(ProcessBuilder.Redirect.INHERIT).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  /** Returns whether output goes to a terminal that can and may be repainted. */
  public static boolean isUsable(boolean isTerminal, Map<String, String> environment) {
    var type = environment.getOrDefault("TERM", "dumb");
    return isTerminal && !type.equals("dumb") && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  @Override
  public void line(String text) {
    painted = 0;
    terminal.println(text);
  }

  @Override
  public void figures(Supplier<String> line, Supplier<List<String>> table) {
    var rows = table.get();
    var frame = new StringBuilder();
    if (painted > 0) {
      frame.append(UP.formatted(painted));
    }
    for (var row : rows) {
      frame.append(CLEAR_LINE).append(fitted(row)).append(System.lineSeparator());
    }
    frame.append(CLEAR_BELOW);
    painted = rows.size();
    terminal.print(frame);
    terminal.flush();
  }

  /** A row that wraps would count as two. */
  private static String fitted(String row) {
    return row.length() <= WIDTH ? row : row.substring(0, WIDTH - 1) + "…";
  }
}
