package io.riskstream.benchmarks.check;

import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.manifest.Manifest;
import io.riskstream.model.WindowSpec;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.reference.rules.DimensionFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every peer must have written once it has taken everything that was sent: for each key the
 * newest row of its results. It is computed by the reference model.
 */
public final class CommonPart {
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final String USER = "user:";
  private static final String TUMBLING = "1m/1m";
  private static final int SHOWN = 5;

  private final Map<String, String> rows;
  private final Map<String, String> sliding;
  private final Manifest sent;

  private CommonPart(Map<String, String> rows, Map<String, String> sliding, Manifest sent) {
    this.rows = Map.copyOf(rows);
    this.sliding = Map.copyOf(sliding);
    this.sent = sent;
  }

  /** Returns the part where no peer is asked: there are no rows to compare. */
  public static CommonPart ofNobody(Manifest sent) {
    return new CommonPart(Map.of(), Map.of(), sent);
  }

  /** Computes it from what was sent. */
  public static CommonPart of(Manifest sent) {
    var expected = ReferenceModel.of(sent.records(), settings());
    if (expected.totals().accepted() != sent.records().size()) {
      throw new IllegalArgumentException(
          "the common part is of valid events with ids of their own, in order; this is sent: "
              + expected.totals());
    }
    return new CommonPart(rows(expected), sliding(expected), sent);
  }

  /**
   * Returns it with a row for each event type and sliding window, of {@code 5m/1m} and {@code
   * 1m/30s}: how many events, and how many users.
   */
  public CommonPart withSlidingWindows() {
    var all = new HashMap<>(rows);
    all.putAll(sliding);
    return new CommonPart(all, Map.of(), sent);
  }

  /** Returns what was sent. */
  public Manifest sent() {
    return sent;
  }

  /** Returns how many events were sent. */
  public long records() {
    return sent.records().size();
  }

  /** Returns how many users the events are of. */
  public long users() {
    return rows.keySet().stream().filter(key -> key.startsWith(USER)).count();
  }

  /** Returns the rows by key. */
  public Map<String, String> rows() {
    return rows;
  }

  /** Holds the newest row of each key against what it must be. */
  public Judgement judge(Map<String, String> written) {
    var differences = new ArrayList<String>();
    long count = 0;
    for (var row : new TreeMap<>(rows).entrySet()) {
      var found = written.get(row.getKey());
      if (!row.getValue().equals(found)) {
        count++;
        note(differences, row.getKey(), row.getValue(), found);
      }
    }
    for (var key : new TreeMap<>(written).keySet()) {
      if (!rows.containsKey(key)) {
        count++;
        note(differences, key, null, written.get(key));
      }
    }
    if (count > SHOWN) {
      differences.add("%d differences in all".formatted(count));
    }
    return new Judgement(differences, rows.size());
  }

  private static void note(List<String> differences, String key, String must, String found) {
    if (differences.size() < SHOWN) {
      differences.add("%s: must be %s, is %s".formatted(key, shown(must), shown(found)));
    }
  }

  private static String shown(String valueOrNull) {
    return valueOrNull == null ? "absent" : valueOrNull;
  }

  private static Map<String, String> rows(Expected expected) {
    var rows = new TreeMap<String, String>();
    for (var user : expected.users().values()) {
      rows.put(USER + user.userId(), user.totalEvents() + "," + user.scoreMicros());
    }
    for (var window : expected.windows()) {
      if (!window.getWindow().equals(TUMBLING)) {
        continue;
      }
      var start = window.getWindowStart().toEpochMilli();
      rows.put("window:" + window.getEventType() + ":" + start, Long.toString(window.getCount()));
    }
    return rows;
  }

  private static Map<String, String> sliding(Expected expected) {
    var rows = new HashMap<String, String>();
    for (var window : expected.windows()) {
      if (!window.getWindow().equals(TUMBLING)) {
        var start = window.getWindowStart().toEpochMilli();
        rows.put(
            "sliding:%s:%s:%d".formatted(window.getWindow(), window.getEventType(), start),
            window.getCount() + "," + window.getDistinctUsers());
      }
    }
    return rows;
  }

  private static ReferenceSettings settings() {
    var delay = Workload.WATERMARK_DELAY.toMillis();
    var lateness = Workload.ALLOWED_LATENESS.toMillis();
    var usual = new ReferenceSettings(delay, lateness, Duration.ofMinutes(5).toMillis());
    return new ReferenceSettings(
        delay,
        lateness,
        usual.maxFutureSkewMillis(),
        usual.rulesGuardMillis(),
        // Rules of default-1 name the first; the last is that of the common part.
        List.of(
            new WindowSpec("5m/1m", 5 * MINUTE_MILLIS, MINUTE_MILLIS),
            new WindowSpec("1m/30s", MINUTE_MILLIS, MINUTE_MILLIS / 2),
            new WindowSpec(TUMBLING, MINUTE_MILLIS, MINUTE_MILLIS)),
        usual.activityMillis(),
        usual.eventTypes(),
        usual.profileMaxAgeMillis(),
        null,
        DimensionFiles.NONE);
  }
}
