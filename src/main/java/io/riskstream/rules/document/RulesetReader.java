package io.riskstream.rules.document;

import static io.riskstream.rules.document.Fields.allThere;
import static io.riskstream.rules.document.Fields.each;

import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import io.riskstream.model.Ruleset.Level;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Place;
import io.riskstream.rules.document.Tree.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a ruleset as YAML or JSON. Everything that is wrong is told at once, each with its line and
 * column; nothing that is not understood is passed over.
 */
public final class RulesetReader {
  static final int NAME_BYTES = 256;
  static final int TEXT_BYTES = 4_096;

  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int MOST_RULES = 200;
  private static final int MOST_TYPES = 1_000;
  private static final int MOST_LEVELS = 20;
  private static final long LONGEST_COOL_DOWN_MILLIS = Duration.ofDays(366).toMillis();
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8}) ?(ms|s|m|min|h|d)");
  private static final Map<String, String> SEVERITIES =
      Map.of("low", "low", "medium", "medium", "high", "high", "critical", "critical");
  private static final Map<String, Boolean> MODES = Map.of("deliver", false, "shadow", true);
  private static final List<Level> LEVELS =
      List.of(new Level("low", 0), new Level("medium", 300_000), new Level("high", 800_000));

  private final List<Problem> problems;

  private RulesetReader(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * What was read.
   *
   * @param rulesetOrNull null where there is a problem
   * @param problems in the order of the text
   */
  public record Result(Ruleset rulesetOrNull, List<Problem> problems) {
    /**
     * Returns the ruleset.
     *
     * @throws RulesetException with the first problem, where there is one
     */
    public Ruleset get() throws RulesetException {
      if (!problems.isEmpty()) {
        throw problems.get(0).toException();
      }
      return rulesetOrNull;
    }
  }

  /** Reads a text; what compiles is not looked at. */
  public static Result read(String text) {
    return read(text, null);
  }

  /** Reads a text, and compiles its rules; the places are those in the text. */
  public static Result read(String text, RuleCompiler compilerOrNull) {
    var problems = new ArrayList<Problem>();
    Ruleset ruleset = null;
    if (text.length() > MOST_CHARACTERS) {
      problems.add(
          new Problem(
              "it has %,d characters, and the limit is %,d"
                  .formatted(text.length(), MOST_CHARACTERS),
              1,
              1));
    } else {
      try {
        ruleset = read(YamlTree.read(text), compilerOrNull, problems);
      } catch (RulesetException refused) {
        problems.add(Problem.of(refused));
      }
    }
    return new Result(problems.isEmpty() ? ruleset : null, List.copyOf(problems));
  }

  /** Reads a tree; null where there is a problem. */
  static Ruleset read(Tree tree, RuleCompiler compilerOrNull, List<Problem> problems) {
    return new RulesetReader(problems).ruleset(tree, compilerOrNull);
  }

  private Ruleset ruleset(Tree tree, RuleCompiler compilerOrNull) {
    var fields = Fields.of(tree, "", problems);
    if (fields == null) {
      return null;
    }
    var version = fields.text("version", NAME_BYTES, "write a text that names this ruleset");
    var weights = weights(fields);
    var clamps = clamps(fields);
    var levels = levels(fields);
    var elements = fields.list("rules", MOST_RULES);
    var ids = new HashSet<String>();
    var rules = elements == null ? null : each(elements, rule -> rule(rule, ids, compilerOrNull));
    fields.refuseOthers();
    return allThere(version, weights, clamps, levels, rules)
        ? new Ruleset(version, weights, clamps.get(0), clamps.get(1), levels, rules)
        : null;
  }

  private Map<String, Integer> weights(Fields fields) {
    var members =
        fields.has("weights") ? fields.members("weights", MOST_TYPES) : Map.<String, Tree>of();
    if (members == null) {
      return null;
    }
    var weights = new HashMap<String, Integer>();
    members.forEach(
        (type, tree) -> {
          checkName(fields, tree.place(), "event type", type);
          weights.put(type, fields.micros(tree, "weight of " + type, -Micros.ONE, Micros.ONE));
        });
    return weights.containsValue(null) ? null : weights;
  }

  private List<Integer> clamps(Fields fields) {
    var tree = fields.getOrNull("clamps");
    if (tree == null) {
      return List.of(0, Micros.ONE);
    }
    var clamps = Fields.of(tree, "clamps: ", problems);
    if (clamps == null) {
      return null;
    }
    var floor = clamps.getOrNull("floor");
    var ceiling = clamps.getOrNull("ceiling");
    var floorMicros = floor == null ? (Integer) 0 : clamps.micros(floor, "floor", 0, Micros.ONE);
    var ceilingMicros =
        ceiling == null ? (Integer) Micros.ONE : clamps.micros(ceiling, "ceiling", 0, Micros.ONE);
    clamps.refuseOthers();
    if (!allThere(floorMicros, ceilingMicros)) {
      return null;
    }
    if (floorMicros > ceilingMicros) {
      fields.report(tree.place(), "clamps: the floor is above the ceiling; exchange them");
      return null;
    }
    return List.of(floorMicros, ceilingMicros);
  }

  private List<Level> levels(Fields fields) {
    if (!fields.has("levels")) {
      return LEVELS;
    }
    var place = fields.getOrNull("levels").place();
    var elements = fields.list("levels", MOST_LEVELS);
    var levels = elements == null ? null : each(elements, this::level);
    if (levels == null) {
      return null;
    }
    var from = -1;
    var names = new HashSet<String>();
    for (var level : levels) {
      if (level.fromMicros() <= from || !names.add(level.name())) {
        fields.report(place, "levels: not in order, or a name twice; sort them by from");
        return null;
      }
      from = level.fromMicros();
    }
    if (levels.isEmpty() || levels.get(0).fromMicros() != 0) {
      fields.report(place, "levels: the first one must begin from 0; add it");
      return null;
    }
    return levels;
  }

  private Level level(Tree tree) {
    var fields = Fields.of(tree, "level: ", problems);
    if (fields == null) {
      return null;
    }
    var name = fields.text("name", NAME_BYTES, "write a text");
    var begin = fields.get("from", "write the score that it begins from");
    var from = begin == null ? null : fields.micros(begin, "from", 0, Micros.ONE);
    fields.refuseOthers();
    return allThere(name, from) ? new Level(name, from) : null;
  }

  private RuleDefinition rule(Tree tree, Set<String> ids, RuleCompiler compilerOrNull) {
    var unnamed = Fields.of(tree, "rule: ", problems);
    var id = unnamed == null ? null : unnamed.text("id", NAME_BYTES, "give each rule a text");
    if (id == null) {
      return null;
    }
    var fields = unnamed.in("rule " + Fields.shown(id) + ": ");
    var idPlace = fields.getOrNull("id").place();
    checkName(fields, idPlace, "id", id);
    if (!ids.add(id)) {
      fields.report(idPlace, "its id is there a second time; give it another one");
      return null;
    }
    var on = on(fields);
    var window = fields.textOr("window", NAME_BYTES, "");
    if (on != null && window != null && on.isEmpty() == window.isEmpty()) {
      fields.report(
          fields.place(),
          "it needs either on, with event types, or window, such as 5m/1m; write one of them");
      return null;
    }
    var condition =
        fields.text("condition", TEXT_BYTES * 4, "write one such as score_after >= 0.8");
    var severity = fields.word("severity", "medium", SEVERITIES);
    var coolDown = coolDown(fields);
    var shadow = fields.word("mode", false, MODES);
    var description = fields.textOr("description", TEXT_BYTES, "");
    var runbook = fields.textOr("runbook", TEXT_BYTES, "");
    fields.refuseOthers();
    if (!allThere(on, window, condition, severity, coolDown, shadow, description, runbook)) {
      return null;
    }
    var rule =
        new RuleDefinition(
            id,
            on,
            emptyToNull(window),
            condition,
            severity,
            coolDown,
            shadow,
            description,
            emptyToNull(runbook));
    return compilerOrNull == null || compiles(fields, rule, compilerOrNull) ? rule : null;
  }

  private boolean compiles(Fields fields, RuleDefinition rule, RuleCompiler compiler) {
    try {
      compiler.check(rule);
      return true;
    } catch (RulesetException refused) {
      problems.add(placed(fields, refused));
      return false;
    }
  }

  /** Turns the place in a condition into that in the text. */
  private static Problem placed(Fields fields, RulesetException refused) {
    if (refused.line() == 0) {
      var window = fields.getOrNull("window").place();
      return new Problem(refused.getMessage(), window.line(), window.column());
    }
    var content = ((Scalar) fields.getOrNull("condition")).content();
    var place = content.of(refused.line(), refused.column());
    return new Problem(refused.getMessage(), place.line(), place.column());
  }

  private Set<String> on(Fields fields) {
    var elements = fields.list("on", MOST_TYPES);
    var types =
        elements == null
            ? null
            : each(elements, type -> fields.text(type, "on", NAME_BYTES, "name an event type"));
    if (types == null) {
      return null;
    }
    var distinct = Set.copyOf(new HashSet<>(types));
    if (distinct.size() < types.size()) {
      fields.report(fields.getOrNull("on").place(), "on names a type twice; remove one");
      return null;
    }
    return distinct;
  }

  private Long coolDown(Fields fields) {
    var tree = fields.getOrNull("cool-down");
    if (tree == null) {
      return Duration.ofMinutes(10).toMillis();
    }
    if (tree instanceof Scalar scalar) {
      var matcher = DURATION.matcher(scalar.text());
      if (matcher.matches()) {
        var millis = Long.parseLong(matcher.group(1)) * unitMillis(matcher.group(2));
        if (millis <= LONGEST_COOL_DOWN_MILLIS) {
          return millis;
        }
      }
    }
    fields.report(
        tree.place(), "cool-down is no duration of at most 366d; write one such as 10m, 90s or 1h");
    return null;
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 60_000;
    };
  }

  private static void checkName(Fields fields, Place place, String what, String name) {
    if (name.isEmpty()
        || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > NAME_BYTES
        || name.chars().anyMatch(Character::isISOControl)) {
      fields.report(place, what + " is empty, longer than 256 bytes, or holds a control character");
    }
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
