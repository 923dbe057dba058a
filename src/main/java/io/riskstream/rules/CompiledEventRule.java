package io.riskstream.rules;

import dev.cel.runtime.CelVariableResolver;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.rules.condition.Condition;
import io.riskstream.rules.condition.Path;
import io.riskstream.rules.condition.Reads;
import io.riskstream.rules.condition.Shortcut;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** An event rule over its condition; asks CEL only what the shortcut does not know. */
final class CompiledEventRule implements EventRule {
  private final RuleDefinition definition;
  private final Condition condition;
  private final Shortcut<EventFacts> shortcut;

  CompiledEventRule(RuleDefinition definition, Condition condition) {
    this.definition = definition;
    this.condition = condition;
    shortcut = Shortcut.of(condition, CompiledEventRule::read);
  }

  @Override
  public RuleDefinition definition() {
    return definition;
  }

  @Override
  public RuleOutcome judge(EventFacts facts) {
    return switch (shortcut.decide(facts)) {
      case TRUE -> RuleOutcome.TRUE;
      case FALSE -> RuleOutcome.FALSE;
      case UNKNOWN -> judgeByCel(facts);
    };
  }

  RuleOutcome judgeByCel(EventFacts facts) {
    return RuleOutcome.of(condition.evaluate(new Variables(facts)));
  }

  Reads reads() {
    return Reads.of(condition);
  }

  private static Object read(EventFacts facts, Path path) {
    return switch (path.form()) {
      case WHOLE ->
          path.variable().equals("event.timestamp") ? null : variable(facts, path.variable());
      case ENTRY -> entries(facts, path.variable()).get(path.keyOrNull());
      case HAS_ENTRY -> entries(facts, path.variable()).containsKey(path.keyOrNull());
      case SIZE -> null;
    };
  }

  private static Map<?, ?> entries(EventFacts facts, String variable) {
    return variable(facts, variable) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Object variable(EventFacts facts, String name) {
    return switch (name) {
      case "event.id" -> facts.eventId();
      case "event.type" -> facts.eventType();
      case "event.session_id" -> facts.sessionIdOrNull() == null ? "" : facts.sessionIdOrNull();
      case "event.timestamp" -> Instant.ofEpochMilli(facts.timestampMillis());
      case "event.value" ->
          decimal(facts.valueMicrosOrNull() == null ? 0 : facts.valueMicrosOrNull());
      case "event.has_value" -> facts.valueMicrosOrNull() != null;
      case "event.properties" -> facts.properties();
      case "score_before" -> decimal(facts.scoreBeforeMicros());
      case "score_after" -> decimal(facts.scoreAfterMicros());
      case "profile" -> facts.profileOrNull() == null ? Map.of() : facts.profileOrNull();
      case "has_profile" -> facts.profileOrNull() != null;
      case "dimensions" -> facts.dimensions();
      default -> null;
    };
  }

  /** The division is correctly rounded, so this is the double next to the decimal. */
  private static double decimal(long micros) {
    return micros / (double) Micros.ONE;
  }

  /** An event's facts as CEL asks for them: nothing is built that is not asked for. */
  private record Variables(EventFacts facts) implements CelVariableResolver {
    @Override
    public Optional<Object> find(String name) {
      return Optional.ofNullable(variable(facts, name));
    }
  }
}
