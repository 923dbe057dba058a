package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riskstream.server.EmbeddedRedis;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A user's hash, as the pipeline writes it, ends the wait for what it counts. */
class HotStoreReaderTest {
  private static final long MILLI = 1_000_000;
  private static final String HASH = "risk:user:{ann}";

  private final OpenProbes probes = new OpenProbes(0);
  private long now;

  @Test
  void seesWhatTheHashCounts() throws IOException, InterruptedException {
    try (var redis = EmbeddedRedis.start(0);
        var writer = new Jedis(redis.uri());
        var reader = new HotStoreReader(redis.uri(), probes, () -> now)) {
      probes.opened("ann", 10 * MILLI);
      probes.opened("ann", 20 * MILLI);

      now = 21 * MILLI;
      reader.look();
      assertThat(probes.unseen()).isEqualTo(2);

      writer.hset(HASH, "total_events", "1");
      now = 30 * MILLI;
      reader.look();
      assertThat(probes.unseen()).isEqualTo(1);

      writer.hset(HASH, "total_events", "2");
      now = 50 * MILLI;
      reader.look();
      assertThat(probes.unseen()).isZero();
      assertThat(probes.latencies().p50Millis()).isEqualTo(20, within(0.1));
      assertThat(probes.latencies().maxMillis()).isEqualTo(30, within(0.1));
    }
  }
}
