package io.riskstream.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.goal.Scorecard.Result;
import io.riskstream.benchmarks.measure.PairedRatio;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The ratios of two runs beside each other, of events in the processor time of the control's steps,
 * each the mean of the turns: those of ours to the others in a case, and those of ours between the
 * first case and each other one; and which targets are met. Our worst beside another's best is an
 * extreme of few turns, which two runs need not share. A case or a target that only one of the two
 * has is no part of it.
 */
public record Agreement(List<Line> lines) {
  /** Two of which the greater is no more than this above the smaller say the same. */
  static final double BOUND = 0.15;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LEVEL = "events_per_billion_control_steps";
  private static final List<String> ALIKE =
      List.of("size", "jvmOptions", "parallelism", "partitions", "processors");

  /** What both runs say of one thing, as text. */
  record Line(String name, String first, String second, boolean agrees) {}

  public Agreement {
    lines = List.copyOf(lines);
  }

  /**
   * Reads both.
   *
   * @param first a results.json
   * @param second another
   * @throws IOException if one of them cannot be read, or they are not of runs of one kind
   */
  public static Agreement of(Path first, Path second) throws IOException {
    var one = JSON.readTree(first.toFile());
    var other = JSON.readTree(second.toFile());
    requireAlike(one, other);
    requireControl(first, one);
    requireControl(second, other);
    var lines = new ArrayList<Line>();
    var firsts = ratios(one, other);
    var seconds = ratios(other, one);
    seconds.keySet().forEach(name -> firsts.putIfAbsent(name, null));
    firsts.forEach((name, ratio) -> lines.add(line(name, ratio, seconds.get(name))));
    var results = targets(other);
    targets(one)
        .forEach(
            (name, result) -> {
              if (results.containsKey(name)) {
                var also = results.get(name);
                lines.add(new Line("target: " + name, result, also, result.equals(also)));
              }
            });
    return new Agreement(lines);
  }

  private static void requireAlike(JsonNode one, JsonNode other) throws IOException {
    for (var key : ALIKE) {
      var first = one.path("surroundings").path(key);
      var second = other.path("surroundings").path(key);
      if (!first.equals(second)) {
        throw new IOException(
            "--agree: the two runs are not of one kind: %s is %s in the first and %s in the second"
                .formatted(key, first, second));
      }
    }
  }

  private static void requireControl(Path file, JsonNode results) throws IOException {
    for (var repetitions : results.findValues("repetitions")) {
      for (var repetition : repetitions) {
        if (!repetition.has(LEVEL)) {
          throw new IOException(
              "--agree: %s has no %s, so it was measured without a control; measure it again"
                  .formatted(file, LEVEL));
        }
      }
    }
  }

  private static Line line(String name, PairedRatio firstOrNull, PairedRatio secondOrNull) {
    return new Line(
        name,
        text(firstOrNull),
        text(secondOrNull),
        firstOrNull != null && secondOrNull != null && agree(firstOrNull, secondOrNull));
  }

  private static boolean agree(PairedRatio first, PairedRatio second) {
    return Math.abs(Math.log(first.mean() / second.mean())) <= Math.log1p(BOUND);
  }

  private static String text(PairedRatio ratioOrNull) {
    return ratioOrNull == null
        ? "none"
        : String.format(Locale.ROOT, "%.3f ×÷ %.2f", ratioOrNull.mean(), ratioOrNull.spread());
  }

  /** Those of cases that the other run has too. */
  private static Map<String, PairedRatio> ratios(JsonNode results, JsonNode otherRun) {
    var ratios = new LinkedHashMap<String, PairedRatio>();
    JsonNode base = null;
    for (var one : results.path("cases")) {
      if (!hasCase(otherRun, name(one))) {
        continue;
      }
      for (var ours : ranked(one, true)) {
        for (var other : ranked(one, false)) {
          put(ratios, name(one) + ": %s beside %s", ours, other);
        }
        for (var before : base == null ? List.<JsonNode>of() : ranked(base, true)) {
          if (before.path("name").equals(ours.path("name"))) {
            put(ratios, "%s in " + name(one) + " beside " + name(base), ours, before);
          }
        }
      }
      base = base == null ? one : base;
    }
    return ratios;
  }

  private static void put(
      Map<String, PairedRatio> ratios, String form, JsonNode ours, JsonNode other) {
    ratios.put(
        form.formatted(ours.path("name").asText(), other.path("name").asText()),
        PairedRatio.of(turns(ours), turns(other)));
  }

  private static boolean hasCase(JsonNode results, String name) {
    for (var one : results.path("cases")) {
      if (name(one).equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static String name(JsonNode ofCase) {
    return ofCase.path("workload").path("name").asText();
  }

  /** Those that are ranked, and have a steady part in each turn. */
  private static List<JsonNode> ranked(JsonNode ofCase, boolean ours) {
    var found = new ArrayList<JsonNode>();
    for (var one : ofCase.path("contenders")) {
      if (one.path("ranked").asBoolean()
          && one.path("role").asText().equals(Role.OURS.name()) == ours
          && !one.path("repetitions").findValues("whole_run").stream()
              .anyMatch(JsonNode::asBoolean)) {
        found.add(one);
      }
    }
    return found;
  }

  private static List<Double> turns(JsonNode contender) {
    var turns = new ArrayList<Double>();
    for (var repetition : contender.path("repetitions")) {
      turns.add(repetition.path(LEVEL).asDouble());
    }
    return turns;
  }

  /** Whether those that were measured are met. */
  private static Map<String, String> targets(JsonNode results) {
    var targets = new LinkedHashMap<String, String>();
    for (var target : results.path("targets")) {
      if (target.path("value").isNumber()) {
        var missed = target.path("result").asText().equals(Result.MISSED.word());
        targets.put(target.path("target").asText(), missed ? "missed" : "met");
      }
    }
    return targets;
  }

  /** Prints each line. */
  public void print(PrintStream out) {
    for (var line : lines) {
      out.printf(
          Locale.ROOT,
          "  %-88s %14s %14s  %s%n",
          line.name(),
          line.first(),
          line.second(),
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
