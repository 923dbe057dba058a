package io.riskstream.risk;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.WindowFeatures;
import io.riskstream.risk.alert.AlertContent;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.Rulebook;
import java.time.Instant;
import java.util.ArrayList;

/** The rows of what is final, with profile and dimensions as they were at its event time. */
final class FinalRows {
  private FinalRows() {}

  static LedgerRow ledger(
      Visit visit, PendingEvent event, ActiveRules rules, int before, int after) {
    var profile = visit.profileAt(event.timestampMillis());
    return LedgerRow.newBuilder()
        .setUserId(visit.userId)
        .setEventId(event.eventId())
        .setEventType(event.eventType())
        .setEventTime(Instant.ofEpochMilli(event.timestampMillis()))
        .setSequence(visit.user.ledgerRows)
        .setScoreBefore(Micros.toDecimal(before))
        .setWeight(Micros.toDecimal(event.weightMicros()))
        .setDelta(Micros.toDecimal(after - before))
        .setScoreAfter(Micros.toDecimal(after))
        .setRulesVersion(rules.ruleset().version())
        .setProfile(profile)
        .setDimensions(visit.dimensionsAt(event.timestampMillis(), profile))
        .setFinal$(true)
        .build();
  }

  static ActivityRow activity(
      Visit visit, WindowFeatures window, Rulebook rulebook, RiskPlan plan) {
    var last = window.endMillis() - 1;
    var profile = visit.profileAt(last);
    var counts = AlertContent.countsByName(window, plan.activity().types());
    return ActivityRow.newBuilder()
        .setUserId(visit.userId)
        .setWindowStart(Instant.ofEpochMilli(window.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(window.endMillis()))
        .setCount(window.count())
        .setCounts(counts)
        .setTypes(new ArrayList<>(counts.keySet()))
        .setFirstEvent(Instant.ofEpochMilli(window.firstMillis()))
        .setLastEvent(Instant.ofEpochMilli(window.lastMillis()))
        .setRulesVersion(rulebook.at(last).ruleset().version())
        .setProfile(profile)
        .setDimensions(visit.dimensionsAt(last, profile))
        .build();
  }
}
