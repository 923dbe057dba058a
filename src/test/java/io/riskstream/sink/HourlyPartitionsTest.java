package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HourlyPartitionsTest {
  private final HourlyPartitions<Instant> partitions =
      new HourlyPartitions<>(Instant::toEpochMilli);

  @Test
  void filesUnderTheHourOfUtc() {
    assertThat(folder("2026-01-01T00:00:00Z")).isEqualTo("year=2026/month=01/day=01/hour=00");
    assertThat(folder("2026-12-31T23:59:59.999Z")).isEqualTo("year=2026/month=12/day=31/hour=23");
    assertThat(folder("2000-02-29T09:30:00Z")).isEqualTo("year=2000/month=02/day=29/hour=09");
    assertThat(folder("2026-12-31T23:00:00Z")).isEqualTo("year=2026/month=12/day=31/hour=23");
  }

  private String folder(String time) {
    return partitions.getBucketId(Instant.parse(time), null);
  }
}
