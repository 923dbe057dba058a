package io.riskstream.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private static final TopicPartition FIRST = new TopicPartition("events", 0);
  private static final TopicPartition SECOND = new TopicPartition("events", 1);
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final RateLimit limit = new RateLimit(100);

  @Test
  void aPartitionRestsForWhatItIsInDebt() {
    assertThat(limit.take(FIRST, 10, 0)).as("the burst").isZero();
    assertThat(limit.take(FIRST, 50, 0)).isEqualTo(SECOND_NANOS / 2);
  }

  @Test
  void restPaysTheDebtAndNoMoreThanABurstIsSaved() {
    limit.take(FIRST, 60, 0);
    assertThat(limit.take(FIRST, 0, SECOND_NANOS / 2)).isZero();
    assertThat(limit.take(FIRST, 10 + 1, 100 * SECOND_NANOS)).isEqualTo(SECOND_NANOS / 100);
  }

  @Test
  void partitionsDoNotPayForEachOther() {
    limit.take(FIRST, 1_000, 0);
    assertThat(limit.take(SECOND, 10, 0)).isZero();
  }

  @Test
  void overALongTimeNoMoreThanTheRateIsRead() {
    long now = 0;
    var read = 0;
    while (now < 100 * SECOND_NANOS) {
      read += 25;
      now += limit.take(FIRST, 25, now);
    }
    assertThat(read).isBetween(10_000, 10_000 + 10 + 25);
  }

  @Test
  void aPollBringsAQuarterOfASecondAtMostAndNeverNothing() {
    assertThat(RateLimit.recordsOfAPoll(1, 500)).isEqualTo(1);
    assertThat(RateLimit.recordsOfAPoll(100, 500)).isEqualTo(25);
    assertThat(RateLimit.recordsOfAPoll(100_000, 500)).isEqualTo(500);
  }
}
