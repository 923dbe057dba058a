package io.riskstream.rules;

import dev.cel.runtime.CelVariableResolver;
import io.riskstream.model.EventTypes;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import io.riskstream.rules.condition.Condition;
import io.riskstream.rules.condition.Path;
import io.riskstream.rules.condition.Possible;
import io.riskstream.rules.condition.Shortcut;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A window rule over its condition; asks CEL only what bound and shortcut do not know. */
final class CompiledWindowRule implements WindowRule {
  private final RuleDefinition definition;
  private final WindowSpec window;
  private final EventTypes types;
  private final Condition condition;
  private final Shortcut<Facts> shortcut;
  private final Possible<WindowFeatures> possible;

  CompiledWindowRule(
      RuleDefinition definition, WindowSpec window, EventTypes types, Condition condition) {
    this.definition = definition;
    this.window = window;
    this.types = types;
    this.condition = condition;
    shortcut = Shortcut.of(condition, Facts::read);
    possible = Possible.of(condition, this::greatest);
  }

  @Override
  public RuleDefinition definition() {
    return definition;
  }

  @Override
  public WindowSpec window() {
    return window;
  }

  @Override
  public boolean canBeTrue(WindowFeatures features) {
    return possible.decide(features);
  }

  @Override
  public RuleOutcome judge(
      WindowFeatures features, Map<String, String> profileOrNull, Map<String, String> dimensions) {
    var facts = new Facts(features, types, profileOrNull, dimensions);
    return switch (shortcut.decide(facts)) {
      case TRUE -> RuleOutcome.TRUE;
      case FALSE -> RuleOutcome.FALSE;
      case UNKNOWN -> judgeByCel(facts);
    };
  }

  RuleOutcome judgeByCel(
      WindowFeatures features, Map<String, String> profileOrNull, Map<String, String> dimensions) {
    return judgeByCel(new Facts(features, types, profileOrNull, dimensions));
  }

  private RuleOutcome judgeByCel(Facts facts) {
    return RuleOutcome.of(condition.evaluate(facts));
  }

  private Long greatest(WindowFeatures features, Path path) {
    return switch (path.variable()) {
      case "count" -> features.count();
      case "counts", "types" ->
          switch (path.form()) {
            case SIZE -> (long) features.types();
            case ENTRY, HAS_ENTRY -> countOf(features, types, path.keyOrNull());
            case WHOLE -> null;
          };
      default -> null;
    };
  }

  /** A name that is not counted by itself has no count; its events are among the others'. */
  private static long countOf(WindowFeatures features, EventTypes types, String name) {
    var number = types.numberOf(name);
    return types.nameOf(number).equals(name) ? features.counts()[number] : 0;
  }

  /** A window's facts as CEL asks for them: nothing is built that is not asked for. */
  private record Facts(
      WindowFeatures features,
      EventTypes types,
      Map<String, String> profileOrNull,
      Map<String, String> dimensions)
      implements CelVariableResolver {

    @Override
    public Optional<Object> find(String name) {
      return Optional.ofNullable(variable(name));
    }

    /** Without building the maps and lists. */
    Object read(Path path) {
      var variable = path.variable();
      return switch (path.form()) {
        case WHOLE ->
            variable.equals("count") || variable.equals("has_profile") ? variable(variable) : null;
        case SIZE -> isOfTypes(variable) ? (long) features.types() : null;
        case ENTRY -> {
          if (isOfTypes(variable)) {
            var count = countOf(features, types, path.keyOrNull());
            yield count == 0 ? null : count;
          }
          yield variable(variable) instanceof Map<?, ?> map ? map.get(path.keyOrNull()) : null;
        }
        case HAS_ENTRY ->
            isOfTypes(variable)
                ? countOf(features, types, path.keyOrNull()) > 0
                : variable(variable) instanceof Map<?, ?> map && map.containsKey(path.keyOrNull());
      };
    }

    private static boolean isOfTypes(String variable) {
      return variable.equals("counts") || variable.equals("types");
    }

    private Object variable(String name) {
      return switch (name) {
        case "window.start" -> Instant.ofEpochMilli(features.startMillis());
        case "window.end" -> Instant.ofEpochMilli(features.endMillis());
        case "session.start" -> Instant.ofEpochMilli(features.firstMillis());
        case "session.end" -> Instant.ofEpochMilli(features.lastMillis());
        case "count" -> features.count();
        case "counts" -> counts();
        case "types" -> List.copyOf(counts().keySet().stream().sorted().toList());
        case "profile" -> profileOrNull == null ? Map.of() : profileOrNull;
        case "has_profile" -> profileOrNull != null;
        case "dimensions" -> dimensions;
        default -> null;
      };
    }

    private Map<String, Long> counts() {
      var counts = new HashMap<String, Long>();
      for (var number = 0; number < features.counts().length; number++) {
        if (features.counts()[number] > 0) {
          counts.put(types.nameOf(number), features.counts()[number]);
        }
      }
      return counts;
    }
  }
}
