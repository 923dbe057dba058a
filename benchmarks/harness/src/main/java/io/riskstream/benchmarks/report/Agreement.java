package io.riskstream.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ratios of two runs beside each other: those between contenders, of events/CPU-second, and
 * those that targets are about. What only one of the two has measured is no part of it.
 */
public record Agreement(List<Line> lines) {
  /** Two that differ by no more than this say the same. */
  static final double BOUND = 0.15;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One ratio. */
  record Line(String name, double first, double second) {
    /** Returns by which part of the smaller one the two differ. */
    double difference() {
      return Math.abs(first - second) / Math.min(first, second);
    }

    boolean agrees() {
      return difference() <= BOUND;
    }
  }

  public Agreement {
    lines = List.copyOf(lines);
  }

  /**
   * Reads both.
   *
   * @param first a results.json
   * @param second another
   * @throws IOException if one of them cannot be read
   */
  public static Agreement of(Path first, Path second) throws IOException {
    var others = ratios(JSON.readTree(second.toFile()));
    return new Agreement(
        ratios(JSON.readTree(first.toFile())).entrySet().stream()
            .filter(one -> others.containsKey(one.getKey()))
            .map(one -> new Line(one.getKey(), one.getValue(), others.get(one.getKey())))
            .toList());
  }

  private static Map<String, Double> ratios(JsonNode results) {
    var ratios = new LinkedHashMap<String, Double>();
    for (var one : results.path("cases")) {
      for (var ratio : one.path("ratios")) {
        ratios.put(
            "%s: %s beside %s"
                .formatted(
                    one.path("workload").path("name").asText(),
                    ratio.path("of").asText(),
                    ratio.path("to").asText()),
            ratio.path("eventsPerCpuSecond").asDouble());
      }
    }
    for (var target : results.path("targets")) {
      if (target.path("ratio").asBoolean() && target.path("value").isNumber()) {
        ratios.put("target: " + target.path("target").asText(), target.path("value").asDouble());
      }
    }
    return ratios;
  }

  /** Prints each ratio. */
  public void print(PrintStream out) {
    for (var line : lines) {
      out.printf(
          Locale.ROOT,
          "  %-70s %8.3f %8.3f %6.1f %%  %s%n",
          line.name(),
          line.first(),
          line.second(),
          line.difference() * 100,
          line.agrees() ? "agrees" : "DIFFERS");
    }
  }

  /** Returns whether all agree; two runs without a ratio in common say nothing. */
  public Verdict verdict() {
    var agreeing = lines.stream().filter(Line::agrees).count();
    var outcome =
        lines.isEmpty()
            ? Outcome.INCONCLUSIVE
            : agreeing == lines.size() ? Outcome.PASS : Outcome.FAIL;
    return new Verdict(outcome).with("agree", agreeing).with("of", lines.size());
  }
}
