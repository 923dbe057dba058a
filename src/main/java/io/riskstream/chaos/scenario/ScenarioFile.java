package io.riskstream.chaos.scenario;

import io.riskstream.chaos.fault.kind.Faults;
import io.riskstream.load.LoadShares;
import io.riskstream.load.event.LoadFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads a scenario. What the format does not know, a wrong type, and times that do not follow one
 * another are refused, each with its line and what is allowed.
 */
public final class ScenarioFile {
  private static final Duration LONGEST_LOAD = Duration.ofMinutes(30);
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(5);

  private final YamlFile yaml;
  private final String name;

  private ScenarioFile(String file, String name) {
    this.yaml = new YamlFile(file);
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @throws ScenarioException if it is no scenario
   */
  public static Scenario read(Path file) throws IOException {
    var fileName = file.getFileName().toString();
    return parse(
        file.toString(),
        fileName.replaceFirst("\\.ya?ml$", ""),
        Files.readString(file, StandardCharsets.UTF_8));
  }

  /**
   * Reads a scenario's text.
   *
   * @param file for messages
   * @throws ScenarioException if it is no scenario
   */
  public static Scenario parse(String file, String name, String text) throws ScenarioException {
    var reader = new ScenarioFile(file, name);
    var scenario = reader.scenario(reader.yaml.read(text));
    reader.yaml.failIfWrong();
    return scenario;
  }

  private Scenario scenario(YamlMapping file) {
    var title = file.text("title", null);
    var traffic = traffic(file.mapping("load"));
    var cluster = cluster(file.mapping("cluster"));
    var parallelism = file.count("parallelism", 2, 1, 64);
    var limit = file.time("limit", USUAL_LIMIT);
    var job = file.mapping("job").texts();
    var steps = steps(file.list("steps"), traffic.length());
    file.end();
    if (steps.isEmpty() && traffic.phases().isEmpty()) {
      file.problem("steps", "do nothing, and the load has no phases; a scenario needs a fault");
    }
    return new Scenario(name, title, traffic, cluster, job, parallelism, limit, steps);
  }

  private static Traffic traffic(YamlMapping load) {
    var rate = load.number("rate", 2_000, 1, 1_000_000);
    var length = load.time("for", Duration.ofSeconds(20));
    if (length.compareTo(LONGEST_LOAD) > 0) {
      load.problem("for", "must be at most " + LONGEST_LOAD.toMinutes() + " min");
    }
    var users = load.count("users", 2_000, 1, 10_000_000);
    var format = format(load);
    var phases = new ArrayList<Traffic.Phase>();
    for (var phase : load.list("phases")) {
      phases.add(phase(phase, length));
    }
    load.end();
    phases.sort(Comparator.comparing(Traffic.Phase::at));
    return new Traffic(rate, length, users, format, phases);
  }

  private static LoadFormat format(YamlMapping load) {
    load.require("format", List.of("json", "avro", "mixed")::contains, "json, avro or mixed");
    return switch (load.text("format", "json")) {
      case "avro" -> LoadFormat.AVRO;
      case "mixed" -> LoadFormat.MIXED;
      default -> LoadFormat.JSON; // anything else is a problem by now
    };
  }

  private static Traffic.Phase phase(YamlMapping phase, Duration load) {
    var at = phase.time("at", null);
    var length = phase.time("for", null);
    if (at.plus(length).compareTo(load) > 0) {
      phase.problem("at", "and its length go beyond the load, which lasts " + words(load));
    }
    var rate = phase.number("rate", 1_000, 1, 1_000_000);
    var late = phase.number("late", 0, 0, 1);
    var malformed = phase.number("malformed", 0, 0, 1);
    if (late + malformed > 1) {
      phase.problem("late", "and malformed add up to more than 1");
      malformed = 0;
    }
    var ahead = phase.time("clock-ahead", Duration.ZERO);
    phase.end();
    var shares = new LoadShares(0, 0, 0, late, malformed, 0);
    return new Traffic.Phase(at, length, rate, shares, ahead);
  }

  private static Scenario.Cluster cluster(YamlMapping cluster) {
    var taskManagers = cluster.count("task-managers", 2, 1, 16);
    var slots = cluster.count("slots", 1, 1, 64);
    var settings = cluster.mapping("settings").texts();
    cluster.end();
    return new Scenario.Cluster(taskManagers, slots, settings);
  }

  private static List<Step> steps(List<YamlMapping> list, Duration load) {
    var steps = new ArrayList<Step>();
    var before = Duration.ZERO;
    for (var element : list) {
      var at = element.time("at", null);
      if (at.compareTo(before) < 0) {
        element.problem(
            "at", "is before the step above it, at " + words(before) + "; order steps by time");
      }
      if (at.compareTo(load) >= 0) {
        element.problem("at", "is not within the load, which lasts " + words(load));
      }
      before = at;
      step(element, at, steps);
    }
    return steps;
  }

  private static void step(YamlMapping element, Duration at, List<Step> steps) {
    var word = element.text("do", null);
    var given = new HashMap<>(element.texts());
    given.remove("at");
    given.remove("do");
    var errand = Errand.of(word);
    if (errand.isPresent()) {
      errand(element, errand.get(), given);
    } else if (Faults.words().contains(word)) {
      fault(element, word, given);
    } else if (!word.isEmpty()) {
      element.problem(
          "do",
          "cannot be %s; allowed: %s, %s"
              .formatted(
                  word, String.join(", ", Faults.words()), String.join(", ", Errand.words())));
    }
    steps.add(new Step(at, word, given));
  }

  private static void fault(YamlMapping element, String word, Map<String, String> given) {
    element.require(Step.FOR, YamlMapping::isTime, "a time such as 8s");
    try {
      var unused = Faults.of(word, given); // it checks what is given
    } catch (IllegalArgumentException wrong) {
      element.problem("do", word + ": " + wrong.getMessage());
    }
  }

  private static void errand(YamlMapping element, Errand errand, Map<String, String> given) {
    errand
        .keys()
        .forEach(
            (key, wanted) -> {
              if (!element.has(key)) {
                element.problem(key, "is missing; it is " + wanted.allowed());
              }
              element.require(key, wanted::allows, wanted.allowed());
            });
    given.keySet().stream()
        .filter(key -> !errand.keys().containsKey(key))
        .sorted()
        .forEach(
            key ->
                element.problem(
                    key,
                    "is not known here; allowed: at, do, "
                        + String.join(", ", new TreeSet<>(errand.keys().keySet()))));
  }

  private static String words(Duration time) {
    return String.format(Locale.ROOT, "%.3g s", time.toMillis() / 1e3);
  }
}
