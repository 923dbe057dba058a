package io.riskstream.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a table, a line each, columns as wide as they need to be. */
public final class ResultTable {
  private static final List<String> HEAD =
      List.of(
          "scenario",
          "proof",
          "recovery s",
          "replayed",
          "missing",
          "double",
          "stale s",
          "took s",
          "verdict");
  private static final int LONGEST_PROOF = 60;
  private static final int PROOF = 1;

  private ResultTable() {}

  /** Returns the lines. */
  public static List<String> lines(List<Result> results) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    results.forEach(result -> rows.add(row(result)));
    var widths = new int[HEAD.size()];
    for (var row : rows) {
      for (var column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static List<String> row(Result result) {
    var isVerified = !result.figures().isEmpty();
    return List.of(
        result.scenario(),
        shortened(result.proof()),
        result.recovery().map(time -> seconds(time.toMillis() / 1e3)).orElse("-"),
        Long.toString(result.replayed()),
        isVerified ? Long.toString(result.count("missing")) : "-",
        isVerified ? Long.toString(result.count("double")) : "-",
        seconds(result.staleSeconds()),
        seconds(result.took().toMillis() / 1e3),
        result.conclusion().name());
  }

  private static String shortened(String proof) {
    return proof.length() <= LONGEST_PROOF ? proof : proof.substring(0, LONGEST_PROOF - 1) + "…";
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var column = 0; column < widths.length; column++) {
      var isText = column <= PROOF || column == widths.length - 1;
      var format = isText ? "%-" + widths[column] + "s" : "%" + widths[column] + "s";
      line.append(column == 0 ? "" : "  ").append(String.format(format, row.get(column)));
    }
    return line.toString().stripTrailing();
  }
}
