package io.riskstream.reference;

import io.riskstream.model.WindowRow;
import io.riskstream.model.WindowSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Section 7 of the semantics: the aggregates of all users, of whom each comes once a window. */
final class WindowTallies {
  private record Key(WindowSpec window, long startMillis, String type) {}

  private static final class Tally {
    private final ValueTally values = new ValueTally();
    private long users;
  }

  private final Map<Key, Tally> tallies = new HashMap<>();

  /** Adds one user's whole part of a window and type. */
  void add(WindowSpec window, long startMillis, String type, ValueTally ofUser) {
    var tally = tallies.computeIfAbsent(new Key(window, startMillis, type), ignored -> new Tally());
    tally.users++;
    tally.values.add(ofUser);
  }

  /** Returns the final rows; their revisions are open. */
  List<WindowRow> rows() {
    var rows = new ArrayList<WindowRow>(tallies.size());
    tallies.forEach(
        (key, tally) ->
            rows.add(
                new WindowRow(
                    key.window().name(),
                    Instant.ofEpochMilli(key.startMillis()),
                    Instant.ofEpochMilli(key.startMillis() + key.window().sizeMillis()),
                    key.type(),
                    tally.values.count(),
                    tally.users,
                    tally.values.valueCount(),
                    tally.values.sum(),
                    tally.values.min(),
                    tally.values.max(),
                    tally.values.avg(),
                    0,
                    true)));
    rows.sort(
        Comparator.comparing(WindowRow::getWindow)
            .thenComparing(WindowRow::getWindowStart)
            .thenComparing(WindowRow::getEventType));
    return rows;
  }
}
