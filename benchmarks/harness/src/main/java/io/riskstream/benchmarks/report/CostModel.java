package io.riskstream.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What a number of events a day takes, by medians that were measured. The processor time of an
 * event is taken to grow with the logarithm of the number of users in the state, as the depth of a
 * log-structured merge tree does: {@code a + b · log10(users / 100,000)}, fitted by least squares.
 *
 * @param points what was measured
 */
public record CostModel(List<Point> points) {
  /** So busy a core may be on average, for what is uneven and for catching up. */
  static final double BUSY = 0.6;

  private static final double SECONDS_A_DAY = 86_400;
  private static final double BILLION = 1e9;
  private static final double LEAST_USERS = 1e5;

  /** The workloads that differ in their users alone. */
  private static final Set<String> CASES = Set.of("uniform", "million-users", "ten-million-users");

  /**
   * One measurement.
   *
   * @param cpuMicros processor time of an event
   * @param redisMicros that of Redis, beside it
   */
  record Point(double users, double cpuMicros, double redisMicros) {}

  public CostModel {
    points = List.copyOf(points);
  }

  /** Takes from a run what there is of it. */
  public static CostModel of(List<CaseReport> reports) {
    var points = new ArrayList<Point>();
    for (var report : reports) {
      for (var standing : report.standings()) {
        if (CASES.contains(report.workload().name())
            && standing.name().equals("riskstream")
            && standing.isRanked()
            && !standing.hasNoSteadyPart()) {
          var micros = 1e6 / standing.eventsPerCpuSecond().median();
          var share = standing.spread(one -> one.steady().serverCpuShare()).median();
          points.add(new Point(report.workload().users().count(), micros, micros * share));
        }
      }
    }
    points.sort(Comparator.comparingDouble(Point::users));
    return new CostModel(points);
  }

  /** Returns the processor time of an event with so many users, in microseconds. */
  double cpuMicros(double users) {
    return intercept() + slope() * magnitude(users);
  }

  /**
   * Returns what each tenfold of users adds to the processor time of an event, in microseconds; 0
   * where that is lost in noise.
   */
  double slope() {
    var mean = mean(one -> magnitude(one.users()));
    double products = 0;
    double squares = 0;
    for (var point : points) {
      var distance = magnitude(point.users()) - mean;
      products += distance * point.cpuMicros();
      squares += distance * distance;
    }
    return squares == 0 ? 0 : Math.max(0, products / squares);
  }

  /** Returns the cores that so many events a day keep busy on average. */
  double cores(double users, double eventsPerDay) {
    return cpuMicros(users) / 1e6 * eventsPerDay / SECONDS_A_DAY;
  }

  /** Prints it; nothing without a measurement. */
  public void print(PrintStream out) {
    if (points.isEmpty()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%n  cost by the medians of this run: %.1f CPU-µs for an event%s; Redis beside it %.1f%n",
        intercept(),
        slope() > 0
            ? String.format(Locale.ROOT, " + %.1f · log10(users / 100,000)", slope())
            : points.size() > 1 ? ", no growth with users" : ", growth with users not measured",
        mean(Point::redisMicros));
    out.printf(
        "  %12s %16s %28s %38s%n",
        "users",
        "CPU-µs/event",
        "busy cores, 1 B events a day",
        "cores, 10 B a day, %.0f %% busy at most".formatted(BUSY * 100));
    for (var point : points) {
      var users = point.users();
      out.printf(
          Locale.ROOT,
          "  %,12.0f %16.1f %28.2f %38.0f%n",
          users,
          cpuMicros(users),
          cores(users, BILLION),
          Math.ceil(cores(users, 10 * BILLION) / BUSY));
    }
    out.println(
        "  of an event among as many as the job can take; among few it bears more of each checkpoint's cost");
  }

  private double intercept() {
    return mean(Point::cpuMicros) - slope() * mean(one -> magnitude(one.users()));
  }

  private double mean(ToDoubleFunction<Point> figure) {
    return points.stream().mapToDouble(figure).average().orElse(0);
  }

  private static double magnitude(double users) {
    return Math.log10(users / LEAST_USERS);
  }
}
