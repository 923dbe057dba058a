package io.riskstream.source.reader;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A bucket of tokens for each partition, which holds those of a tenth of a second and goes into
 * debt for what one poll brings: over any longer time no partition gives more than the rate. Time
 * is an argument.
 */
final class RateLimit {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BURST_SECONDS = 0.1;

  /** Tokens at a point in time. */
  private record Level(double tokens, long atNanos) {}

  private final double recordsPerSecond;
  private final Map<TopicPartition, Level> levels = new HashMap<>();

  RateLimit(double recordsPerSecond) {
    this.recordsPerSecond = recordsPerSecond;
  }

  /** Takes what was read, and returns how long the partition must rest, in nanoseconds. */
  long take(TopicPartition partition, int records, long nowNanos) {
    var burst = recordsPerSecond * BURST_SECONDS;
    var before = levels.getOrDefault(partition, new Level(burst, nowNanos));
    var gained = (nowNanos - before.atNanos) / NANOS_PER_SECOND * recordsPerSecond;
    var tokens = Math.min(burst, before.tokens + gained) - records;
    levels.put(partition, new Level(tokens, nowNanos));
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / recordsPerSecond * NANOS_PER_SECOND);
  }

  /** Returns how many records a poll may bring, so that no rest is longer than about a second. */
  static int recordsOfAPoll(int recordsPerSecond, int usual) {
    return Math.max(1, Math.min(usual, recordsPerSecond / 4));
  }
}
