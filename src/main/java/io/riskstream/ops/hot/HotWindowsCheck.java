package io.riskstream.ops.hot;

import io.riskstream.model.WindowRow;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/**
 * Holds the windows' hashes in Redis against the newest final window of each name and type. Once
 * Redis was emptied or missed something it may lack windows, or show older ones: they are not
 * written again.
 */
final class HotWindowsCheck {
  private static final String PREFIX = "risk:window:{";
  private static final Pattern VERSION = Pattern.compile("\\d{10}-(\\d{19})-\\d{10}-\\d{10}");
  private static final int BATCH = 1_000;

  private final Jedis jedis;
  private final Findings findings = new Findings("hot store windows");

  HotWindowsCheck(Jedis jedis) {
    this.jedis = jedis;
  }

  Findings findings(List<WindowRow> windows) {
    var newest = new HashMap<String, WindowRow>();
    for (var row : windows) {
      newest.merge(
          PREFIX + row.getWindow() + ":" + row.getEventType() + "}",
          row,
          (one, other) -> one.getWindowEnd().isAfter(other.getWindowEnd()) ? one : other);
    }
    var since = jedis.hget("risk:pipeline", "alerts_since");
    boolean complete = since == null || since.equals("0");
    var hashes =
        new ExactSet<String, WindowRow, Map<String, String>>(
            findings, (row, hash) -> complete ? differences(row, hash) : List.of());
    newest.forEach(hashes::expect);
    for (var key : keys()) {
      hashes.found(key, jedis.hgetAll(key), "Redis");
    }
    hashes.finish(row -> complete);
    return findings;
  }

  private NavigableSet<String> keys() {
    var keys = new TreeSet<String>();
    var pattern = new ScanParams().match("risk:window:*").count(BATCH);
    var cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, pattern);
      keys.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
  }

  private static List<String> differences(WindowRow row, Map<String, String> hash) {
    var differences = new ArrayList<String>();
    for (var field : row.getSchema().getFields()) {
      var found = hash.get(field.name());
      if (!field.name().equals("revision") && !says(row.get(field.pos()), found)) {
        differences.add(Differences.difference(field.name(), row.get(field.pos()), found));
      }
    }
    var version = VERSION.matcher(hash.getOrDefault("version", ""));
    var end = row.getWindowEnd().toEpochMilli();
    if (!version.matches() || Long.parseLong(version.group(1)) != end) {
      differences.add(
          Differences.difference("version", "one of window end " + end, hash.get("version")));
    }
    return differences;
  }

  /** A null has no field; a text of another spelling of the same number says the same. */
  private static boolean says(Object wanted, String found) {
    if (found == null || wanted == null) {
      return found == null && wanted == null;
    }
    if (wanted instanceof Instant time) {
      return found.equals(Long.toString(time.toEpochMilli()));
    }
    if (wanted instanceof BigDecimal decimal) {
      return found.equals(decimal.toPlainString());
    }
    return found.equals(wanted.toString());
  }
}
