package io.riskstream.reference;

import io.riskstream.model.WindowSpec;
import io.riskstream.reference.rules.Condition;
import io.riskstream.reference.rules.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Section 7 of the semantics for one user, and the window rules of section 8: each event is put
 * into every window that holds it.
 */
final class WindowFold {
  /** What the user did in one window. */
  private static final class Features {
    private final TreeMap<String, ValueTally> byType = new TreeMap<>();
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    void add(Accepted event, String type) {
      byType.computeIfAbsent(type, name -> new ValueTally()).add(event.valueMicros());
      firstMillis = Math.min(firstMillis, event.timestampMillis());
      lastMillis = Math.max(lastMillis, event.timestampMillis());
    }

    long count() {
      return byType.values().stream().mapToLong(ValueTally::count).sum();
    }

    Map<String, Long> counts() {
      var counts = new TreeMap<String, Long>();
      byType.forEach((type, tally) -> counts.put(type, tally.count()));
      return counts;
    }
  }

  private final String userId;
  private final Surroundings surroundings;
  private final List<Accepted> events;

  /**
   * @param events the accepted ones, in their order
   */
  WindowFold(String userId, Surroundings surroundings, List<Accepted> events) {
    this.userId = userId;
    this.surroundings = surroundings;
    this.events = events;
  }

  /** Judges the window rules and adds the user's part to the aggregates. */
  void live(UserAlerts alerts, WindowTallies tallies) {
    for (var window : surroundings.settings().liveWindows()) {
      features(window)
          .forEach(
              (startMillis, features) -> {
                judge(window, startMillis, features, alerts);
                features.byType.forEach(
                    (type, tally) -> tallies.add(window, startMillis, type, tally));
              });
    }
  }

  List<Expected.Activity> activity(Surroundings.Copies copies) {
    long size = surroundings.settings().activityMillis();
    var rows = new ArrayList<Expected.Activity>();
    features(new WindowSpec("activity", size, size))
        .forEach(
            (startMillis, features) -> {
              long lastMillis = startMillis + size - 1;
              var joined = surroundings.joinedAt(lastMillis);
              rows.add(
                  new Expected.Activity(
                      userId,
                      startMillis,
                      startMillis + size,
                      copies.of(features.counts()),
                      features.firstMillis,
                      features.lastMillis,
                      surroundings.timeline().rulesAt(lastMillis).ruleset().version(),
                      joined.profile(),
                      joined.dimensions()));
            });
    return rows;
  }

  private Map<Long, Features> features(WindowSpec window) {
    var all = new TreeMap<Long, Features>();
    for (var event : events) {
      var type = surroundings.countedName(event.eventType());
      long last =
          Math.floorDiv(event.timestampMillis(), window.slideMillis()) * window.slideMillis();
      for (long start = last;
          start > event.timestampMillis() - window.sizeMillis();
          start -= window.slideMillis()) {
        all.computeIfAbsent(start, key -> new Features()).add(event, type);
      }
    }
    return all;
  }

  private void judge(WindowSpec window, long startMillis, Features features, UserAlerts alerts) {
    long endMillis = startMillis + window.sizeMillis();
    var rules = surroundings.timeline().rulesAt(endMillis - 1);
    for (var rule : rules.rules()) {
      if (window.name().equals(rule.definition().windowOrNull())
          && !surroundings.timeline().isDisabled(rule.definition().id(), endMillis - 1)
          && rule.condition().holds(name -> fact(name, startMillis, endMillis, features))) {
        trigger(rules, rule, window, startMillis, features, alerts);
      }
    }
  }

  private static void trigger(
      Rules rules,
      Rules.Rule rule,
      WindowSpec window,
      long startMillis,
      Features features,
      UserAlerts alerts) {
    long endMillis = startMillis + window.sizeMillis();
    alerts.triggered(
        rules,
        rule.definition(),
        endMillis - 1,
        alert ->
            alert
                .setWindow(window.name())
                .setWindowStart(Instant.ofEpochMilli(startMillis))
                .setWindowEnd(Instant.ofEpochMilli(endMillis))
                .setCounts(features.counts())
                .setSessionStart(Instant.ofEpochMilli(features.firstMillis))
                .setSessionEnd(Instant.ofEpochMilli(features.lastMillis)));
  }

  private Object fact(String name, long startMillis, long endMillis, Features features) {
    return switch (name) {
      case "window.start" -> Condition.timestamp(startMillis);
      case "window.end" -> Condition.timestamp(endMillis);
      case "session.start" -> Condition.timestamp(features.firstMillis);
      case "session.end" -> Condition.timestamp(features.lastMillis);
      case "count" -> features.count();
      case "counts" -> features.counts();
      case "types" -> List.copyOf(features.byType.keySet());
      default -> surroundings.joinedAt(endMillis - 1).fact(name);
    };
  }
}
