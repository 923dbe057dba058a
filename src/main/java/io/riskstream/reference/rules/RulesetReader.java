package io.riskstream.reference.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads rulesets as section 8 of the semantics writes them. */
final class RulesetReader {
  private static final int MOST_RULES = 200;
  private static final List<Ruleset.Level> LEVELS =
      List.of(
          new Ruleset.Level("low", 0),
          new Ruleset.Level("medium", 300_000),
          new Ruleset.Level("high", 800_000));
  private static final Duration COOL_DOWN = Duration.ofMinutes(10);

  private final Set<String> windows;

  /**
   * @param windows names of those that rules may name
   */
  RulesetReader(Set<String> windows) {
    this.windows = windows;
  }

  /** The ruleset that is in force where the configuration names no other. */
  static Ruleset defaults(Set<String> windows) {
    var rules = new ArrayList<RuleDefinition>();
    rules.add(
        rule(
            "high-score",
            Set.of("failed_login", "successful_login"),
            null,
            "score_after >= 0.8",
            "high",
            "The score has come to level high."));
    if (windows.contains("5m/1m")) {
      rules.add(
          rule(
              "event-burst",
              Set.of(),
              "5m/1m",
              "count > 100",
              "medium",
              "More than 100 events in 5 minutes."));
      rules.add(
          rule(
              "many-types",
              Set.of(),
              "5m/1m",
              "\"failed_login\" in counts && size(types) > 5",
              "high",
              "A failed login among more than 5 types of events in 5 minutes."));
    }
    return new Ruleset(
        "default-1",
        Map.of("failed_login", 100_000, "successful_login", -50_000),
        0,
        Micros.ONE,
        LEVELS,
        rules);
  }

  private static RuleDefinition rule(
      String id,
      Set<String> on,
      String window,
      String condition,
      String severity,
      String description) {
    return new RuleDefinition(
        id, on, window, condition, severity, COOL_DOWN.toMillis(), false, description, null);
  }

  Ruleset read(JsonNode tree) throws RefusedDocumentException {
    var fields = Fields.of(tree, "the ruleset");
    fields.allow(Set.of("version", "weights", "clamps", "levels", "rules"));
    var weights =
        fields.has("weights")
            ? Fields.of(fields.get("weights"), "weights").micros()
            : Map.<String, Integer>of();
    for (var weight : weights.values()) {
      Fields.refuse(Math.abs(weight) > Micros.ONE, "a weight is from -1 to 1");
    }
    int floor = 0;
    int ceiling = Micros.ONE;
    if (fields.has("clamps")) {
      var clamps = Fields.of(fields.get("clamps"), "clamps");
      clamps.allow(Set.of("floor", "ceiling"));
      floor = clamps.micros("floor", BigDecimal.ZERO);
      ceiling = clamps.micros("ceiling", BigDecimal.ONE);
    }
    Fields.refuse(
        floor < 0 || floor > ceiling || ceiling > Micros.ONE, "0 <= floor <= ceiling <= 1");
    return new Ruleset(
        fields.text("version"),
        weights,
        floor,
        ceiling,
        fields.has("levels") ? levels(fields.get("levels")) : LEVELS,
        rules(fields.get("rules")));
  }

  private static List<Ruleset.Level> levels(JsonNode tree) throws RefusedDocumentException {
    var levels = new ArrayList<Ruleset.Level>();
    var names = new HashSet<String>();
    for (var item : tree) {
      var level = Fields.of(item, "a level");
      level.allow(Set.of("name", "from"));
      Fields.refuse(!level.has("from"), "a level has no from");
      int from = level.micros("from", BigDecimal.ZERO);
      int least = levels.isEmpty() ? 0 : levels.get(levels.size() - 1).fromMicros() + 1;
      Fields.refuse(from < least || from > Micros.ONE, "levels must rise from 0 to 1");
      Fields.refuse(!names.add(level.text("name")), "a level's name comes twice");
      levels.add(new Ruleset.Level(level.text("name"), from));
    }
    Fields.refuse(levels.isEmpty() || levels.get(0).fromMicros() != 0, "no level from 0");
    return levels;
  }

  private List<RuleDefinition> rules(JsonNode tree) throws RefusedDocumentException {
    boolean none = tree.isMissingNode() || tree.isNull();
    Fields.refuse(!none && !tree.isArray(), "rules is no list");
    Fields.refuse(tree.size() > MOST_RULES, "too many rules");
    var rules = new ArrayList<RuleDefinition>();
    var ids = new HashSet<String>();
    for (var item : tree) {
      var rule = rule(Fields.of(item, "a rule"));
      Fields.refuse(!ids.add(rule.id()), rule.id() + " comes twice");
      rules.add(rule);
    }
    return rules;
  }

  private RuleDefinition rule(Fields rule) throws RefusedDocumentException {
    rule.allow(
        Set.of(
            "id",
            "on",
            "window",
            "condition",
            "severity",
            "cool-down",
            "mode",
            "description",
            "runbook"));
    Fields.refuse(rule.has("on") == rule.has("window"), "a rule has either on or window");
    var on = new LinkedHashSet<String>();
    if (rule.has("on")) {
      Fields.refuse(!rule.get("on").isArray(), "on is no list");
      for (var type : rule.get("on")) {
        Fields.refuse(!type.isTextual() || type.textValue().isEmpty(), "on is no list of texts");
        on.add(type.textValue());
      }
      Fields.refuse(on.isEmpty(), "on names no event type");
    }
    var window = rule.text("window", null);
    Fields.refuse(window != null && !windows.contains(window), "there is no window " + window);
    return new RuleDefinition(
        rule.text("id"),
        on,
        window,
        rule.text("condition"),
        rule.oneOf("severity", "medium", Set.of("low", "medium", "high", "critical")),
        rule.millis("cool-down", COOL_DOWN),
        rule.oneOf("mode", "deliver", Set.of("deliver", "shadow")).equals("shadow"),
        rule.text("description", ""),
        rule.text("runbook", null));
  }
}
