package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.pipeline.type.StreamTypes;
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

  private final IntakeDeserializer deserializer =
      new IntakeDeserializer(
          0,
          new SchemaRegistryConfig("", "events-value", null, Duration.ofSeconds(1)),
          StreamTypes.INTAKE);

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
  void aTopicWithTheTimeOfProducersStopsTheJob() throws Exception {
    assertThatThrownBy(() -> deserialize(KEY, EVENT, TimestampType.CREATE_TIME))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("events-3@42")
        .hasMessageContaining("message.timestamp.type=LogAppendTime");
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
