package io.riskstream.pipeline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.running.RunningPipeline;
import io.riskstream.testkit.running.WrittenLake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** All partitions are silent for longer than the idle timeout, and then traffic goes on. */
@Timeout(120)
final class QuietTopicsITCase {
  private static final int EVENTS = 40;

  /** Idle after one second, told each 200 ms; so by then every task knows. */
  private static final long QUIET_MILLIS = 3_000;

  @TempDir private Path folder;

  @Test
  void aPauseMakesNothingFinalAndTheJobGoesOnAsIfThereHadBeenNone() throws Exception {
    var keys = Map.of("time.idle-timeout", "1 s", "profiles.idle-timeout", "1 s");
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      RunningPipeline.createInputs(kafka);
      try (var pipeline = RunningPipeline.start(kafka, folder, "quiet", keys)) {
        var config = pipeline.config();
        send(config, "before");
        Await.until("the first are scored", () -> isShown(config, "user-before"));
        long sentMillis = System.currentTimeMillis();
        Await.until(
            "the pipeline beats on in the pause",
            () -> heartbeat(config) > sentMillis + QUIET_MILLIS);
        send(config, "after");
        Await.until("the next are scored", () -> isShown(config, "user-after"));
        pipeline.drain();

        var lake = new WrittenLake(config);
        assertThat(lake.count("events", "NOT late")).isEqualTo(2 * EVENTS);
        assertThat(lake.count("ledger", "true")).isEqualTo(2 * EVENTS);
        assertThat(lake.ask("SELECT sum(count)::VARCHAR FROM {activity}"))
            .containsExactly(Integer.toString(2 * EVENTS));
      }
    }
  }

  private static void send(RiskstreamConfig config, String name) throws Exception {
    var settings = Map.<String, Object>of("bootstrap.servers", config.kafka().bootstrapServers());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (var number = 0; number < EVENTS; number++) {
        var event =
            "{\"event_id\":\"%s-%d\",\"user_id\":\"user-%s\",\"event_type\":\"failed_login\",\"timestamp\":%d}"
                .formatted(name, number, name, System.currentTimeMillis());
        producer
            .send(
                new ProducerRecord<>(
                    config.kafka().eventsTopic(),
                    number % RunningPipeline.PARTITIONS,
                    null,
                    event.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  private static boolean isShown(RiskstreamConfig config, String userId) {
    return Integer.toString(EVENTS)
        .equals(hget(config, "risk:user:{" + userId + "}", "total_events"));
  }

  private static long heartbeat(RiskstreamConfig config) {
    var heartbeat = hget(config, "risk:pipeline", "heartbeat");
    return heartbeat == null ? 0 : Long.parseLong(heartbeat);
  }

  private static String hget(RiskstreamConfig config, String key, String field) {
    try (var jedis = new Jedis(config.hotStore().uri())) {
      return jedis.hget(key, field);
    }
  }
}
