package io.riskstream.sink.hotstore.redis;

import java.time.Duration;
import java.util.List;

/**
 * How long alerts are kept, and how many.
 *
 * @param retention of an alert's or window's hash after it was written; of the index, before its
 *     newest alert
 * @param indexSize most alerts in the index
 */
public record AlertLimits(Duration retention, int indexSize) {
  /** Returns the arguments by which the script takes an alert into the index. */
  List<String> indexArguments(String alertId, String eventTimeMillis) {
    return List.of(
        alertId, eventTimeMillis, Long.toString(retention.toMillis()), Integer.toString(indexSize));
  }
}
