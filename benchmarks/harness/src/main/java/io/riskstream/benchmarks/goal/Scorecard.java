package io.riskstream.benchmarks.goal;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Which targets a run meets, which it misses, and of which it has measured nothing. */
public record Scorecard(List<Line> lines) {
  /** How a target came out. */
  public enum Result {
    /** Better than promised. */
    AIM,
    MET,
    MISSED,
    /** A figure of it is not of this run. */
    NOT_MEASURED;

    /** Returns it for a person. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * One target.
   *
   * @param value empty where it was not measured
   */
  public record Line(Target target, OptionalDouble value) {
    public Result result() {
      if (value.isEmpty()) {
        return Result.NOT_MEASURED;
      }
      var figure = value.getAsDouble();
      return target.at().holds(figure, target.aim())
          ? Result.AIM
          : target.at().holds(figure, target.must()) ? Result.MET : Result.MISSED;
    }
  }

  public Scorecard {
    lines = List.copyOf(lines);
  }

  /** Holds the figures, by name, to the targets. */
  public static Scorecard of(List<Target> targets, Map<String, Double> figures) {
    return new Scorecard(
        targets.stream().map(target -> new Line(target, target.value(figures))).toList());
  }

  /** Returns what is left without the targets that were not measured. */
  public Scorecard measured() {
    return new Scorecard(
        lines.stream().filter(line -> line.result() != Result.NOT_MEASURED).toList());
  }

  /** Returns how many are met. */
  public long met() {
    return count(Result.AIM) + count(Result.MET);
  }

  public long count(Result result) {
    return lines.stream().filter(line -> line.result() == result).count();
  }

  /** Prints each with its figure. */
  public void print(PrintStream out) {
    if (lines.isEmpty()) {
      return;
    }
    out.printf("%n  %-72s %10s %10s %10s  %s%n", "target", "must", "aim", "is", "");
    for (var line : lines) {
      out.printf(
          Locale.ROOT,
          "  %-72s %10s %10s %10s  %s%n",
          line.target().target()
              + " (at "
              + line.target().at().name().toLowerCase(Locale.ROOT)
              + ")",
          text(line.target().must()),
          text(line.target().aim()),
          line.value().isPresent() ? text(line.value().getAsDouble()) : "-",
          line.result().word());
    }
  }

  private static String text(double figure) {
    return String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.2f", figure);
  }
}
