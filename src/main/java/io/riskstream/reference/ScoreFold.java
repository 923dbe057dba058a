package io.riskstream.reference;

import io.riskstream.model.Contribution;
import io.riskstream.model.Micros;
import io.riskstream.reference.rules.Condition;
import io.riskstream.reference.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Section 5 of the semantics for one user, and the event rules of section 8: takes the accepted
 * events in their order.
 */
final class ScoreFold {
  /** What one event type has added since the score was last 0. */
  private record Part(long events, long deltaMicros) {
    Part plus(Part other) {
      return new Part(events + other.events, deltaMicros + other.deltaMicros);
    }
  }

  private final String userId;
  private final Surroundings surroundings;
  private final UserAlerts alerts;
  private final List<Expected.Ledger> rows = new ArrayList<>();
  private final Map<String, Part> contributions = new TreeMap<>();
  private int scoreMicros;

  ScoreFold(String userId, Surroundings surroundings, UserAlerts alerts) {
    this.userId = userId;
    this.surroundings = surroundings;
    this.alerts = alerts;
  }

  List<Expected.Ledger> rows() {
    return rows;
  }

  int scoreMicros() {
    return scoreMicros;
  }

  void take(Accepted event) {
    var rules = surroundings.timeline().rulesAt(event.timestampMillis());
    if (!rules.relevantTypes().contains(event.eventType())) {
      return;
    }
    int before = scoreMicros;
    scoreMicros = rules.scoreAfter(before, event.eventType());
    contributions.merge(event.eventType(), new Part(1, scoreMicros - before), Part::plus);
    if (scoreMicros == 0) {
      contributions.clear();
    }
    var joined = surroundings.joinedAt(event.timestampMillis());
    rows.add(
        new Expected.Ledger(
            userId,
            event.eventId(),
            event.eventType(),
            event.timestampMillis(),
            rows.size() + 1,
            before,
            rules.weightMicros(event.eventType()),
            scoreMicros,
            rules.ruleset().version(),
            joined.profile(),
            joined.dimensions()));
    for (var rule : rules.rules()) {
      if (rule.definition().on().contains(event.eventType())
          && !surroundings.timeline().isDisabled(rule.definition().id(), event.timestampMillis())
          && rule.condition().holds(name -> fact(name, event, before, scoreMicros, joined))) {
        trigger(rules, rule, event, before);
      }
    }
  }

  private void trigger(Rules rules, Rules.Rule rule, Accepted event, int before) {
    alerts.triggered(
        rules,
        rule.definition(),
        event.timestampMillis(),
        alert ->
            alert
                .setEventId(event.eventId())
                .setEventType(event.eventType())
                .setScoreBefore(Micros.toDecimal(before))
                .setScore(Micros.toDecimal(scoreMicros))
                .setContributions(contributions()));
  }

  private List<Contribution> contributions() {
    var all = new ArrayList<Contribution>();
    contributions.forEach(
        (type, part) ->
            all.add(new Contribution(type, part.events(), Micros.toDecimal(part.deltaMicros()))));
    return all;
  }

  private static Object fact(
      String name, Accepted event, int before, int after, Surroundings.Joined joined) {
    return switch (name) {
      case "event.id" -> event.eventId();
      case "event.type" -> event.eventType();
      case "event.session_id" -> {
        var session = event.decodedAgain().sessionId();
        yield session == null ? "" : session;
      }
      case "event.timestamp" -> Condition.timestamp(event.timestampMillis());
      case "event.value" ->
          event.valueMicros() == null ? 0.0 : Micros.toDecimal(event.valueMicros()).doubleValue();
      case "event.has_value" -> event.valueMicros() != null;
      case "event.properties" -> event.decodedAgain().properties();
      case "score_before" -> Micros.toDecimal(before).doubleValue();
      case "score_after" -> Micros.toDecimal(after).doubleValue();
      default -> joined.fact(name);
    };
  }
}
