package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.testkit.FakeRegistry;
import io.riskstream.testkit.Opening;
import io.riskstream.testkit.RecordedMetrics;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IntakeDeserializerTest {
  private static final long INGESTED = 1_767_225_600_000L;
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EVENT =
      ("{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":" + INGESTED + "}")
          .getBytes(StandardCharsets.UTF_8);

  private IntakeDeserializer deserializer = deserializer("");

  @BeforeEach
  void open() {
    deserializer.open(new Opening(new RecordedMetrics()));
  }

  @Test
  void anEventKnowsWhereKafkaHoldsIt() throws Exception {
    var intake = (Intake.Valid) deserialize(KEY, EVENT, TimestampType.LOG_APPEND_TIME);
    assertThat(intake.event().coordinates()).isEqualTo(new Coordinates("events", 3, 42, INGESTED));
    assertThat(intake.event().late()).isFalse();
  }

  @Test
  void aBadRecordBecomesADeadLetterThatCarriesItAndItsPlace() throws Exception {
    var bad = "{".getBytes(StandardCharsets.UTF_8);
    var letter = letter(KEY, bad);
    assertThat(letter.getTopic()).isEqualTo("events");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getIngestTime()).isEqualTo(Instant.ofEpochMilli(INGESTED));
    assertThat(letter.getStage()).isEqualTo("decode");
    assertThat(letter.getError()).isEqualTo("malformed-json");
    assertThat(letter.getRawKey()).isEqualTo(ByteBuffer.wrap(KEY));
    assertThat(letter.getRaw()).isEqualTo(ByteBuffer.wrap(bad));
    assertThat(letter.getRawLength()).isEqualTo(1);
  }

  @Test
  void aDeadLetterOfNothingSaysSo() throws Exception {
    var letter = letter(null, null);
    assertThat(letter.getError()).isEqualTo("null-record");
    assertThat(letter.getRawKey()).isNull();
    assertThat(letter.getRaw().remaining()).isZero();
    assertThat(letter.getRawLength()).isEqualTo(-1);
  }

  @Test
  void aDeadLetterIsBoundedButSaysTheWholeLength() throws Exception {
    var letter = letter(new byte[300_000], new byte[262_145]);
    assertThat(letter.getError()).isEqualTo("record-too-large");
    assertThat(letter.getRawKey().remaining()).isEqualTo(262_144);
    assertThat(letter.getRaw().remaining()).isEqualTo(262_144);
    assertThat(letter.getRawLength()).isEqualTo(262_145);
  }

  @Test
  void aValueThatBeginsWithAZeroByteIsAvro() throws Exception {
    var letter = letter(KEY, new byte[] {0, 0, 0, 0, 7, 1});
    assertThat(letter.getStage()).isEqualTo("decode");
    assertThat(letter.getError()).isEqualTo("unknown-schema-id");
    assertThat(letter.getMessage()).contains("set schema-registry.url");
    assertThat(letter.getRaw()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 7, 1}));
  }

  @Test
  void schemasComeFromTheRegistryThatIsConfigured() throws Exception {
    try (var registry = new FakeRegistry()) {
      registry.schema(
          7,
          "{\"type\":\"record\",\"name\":\"E\",\"fields\":["
              + "{\"name\":\"event_id\",\"type\":\"string\"},"
              + "{\"name\":\"user_id\",\"type\":\"string\"},"
              + "{\"name\":\"event_type\",\"type\":\"string\"},"
              + "{\"name\":\"timestamp\",\"type\":\"string\"},"
              + "{\"name\":\"more\",\"type\":\"boolean\"}]}");
      var metrics = new RecordedMetrics();
      deserializer = deserializer(registry.address().url());
      deserializer.open(new Opening(metrics));
      var value = "\0\0\0\0\7\2e\2u\2t(2026-01-01T00:00:00Z\1".getBytes(StandardCharsets.UTF_8);

      var intake = (Intake.Valid) deserialize(KEY, value, TimestampType.LOG_APPEND_TIME);

      assertThat(intake.event().timestampMillis()).isEqualTo(INGESTED);
      assertThat(intake.event().properties()).containsEntry("more", "true");
      assertThat(intake.unknownFields()).isEqualTo(1);
      assertThat(metrics.count("registryRequests")).isEqualTo(1);
    }
  }

  @Test
  void aTaskThatIsCancelledDoesNotWaitForTheRegistry() throws Exception {
    try (var registry = new FakeRegistry()) {
      deserializer = deserializer(registry.address().url());
      deserializer.open(new Opening(new RecordedMetrics()));
      Thread.currentThread().interrupt();

      assertThatThrownBy(
              () -> deserialize(KEY, new byte[] {0, 0, 0, 0, 7}, TimestampType.LOG_APPEND_TIME))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
  }

  @Test
  void aTopicWithTheTimeOfProducersStopsTheJob() throws Exception {
    assertThatThrownBy(() -> deserialize(KEY, EVENT, TimestampType.CREATE_TIME))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("events-3@42")
        .hasMessageContaining("message.timestamp.type=LogAppendTime");
  }

  private static IntakeDeserializer deserializer(String registryUrl) {
    return new IntakeDeserializer(
        0,
        new SchemaRegistryConfig(registryUrl, "events-value", null, Duration.ofSeconds(5)),
        StreamTypes.INTAKE);
  }

  private DeadLetter letter(byte[] key, byte[] value) throws InterruptedIOException {
    return ((Intake.Refused) deserialize(key, value, TimestampType.LOG_APPEND_TIME)).deadLetter();
  }

  private Intake deserialize(byte[] key, byte[] value, TimestampType type)
      throws InterruptedIOException {
    List<Intake> collected = new ArrayList<>();
    deserializer.deserialize(
        new ConsumerRecord<>(
            "events",
            3,
            42,
            INGESTED,
            type,
            0,
            0,
            key,
            value,
            new RecordHeaders(),
            Optional.empty()),
        new ListCollector<>(collected));
    assertThat(collected).hasSize(1);
    return collected.get(0);
  }
}
