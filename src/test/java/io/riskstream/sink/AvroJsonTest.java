package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.EventRow;
import io.riskstream.testkit.SampleAlerts;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

final class AvroJsonTest {

  @Test
  void writesAnAlertAsPlainJson() {
    var alert = SampleAlerts.raised("u\"1");
    assertThat(json(AvroJson.encode(alert)))
        .startsWith(
            "{\"alert_id\":\"id\",\"revision\":0,\"status\":\"raised\",\"kind\":\"event\","
                + "\"user_id\":\"u\\\"1\",\"rule_id\":\"high-score\"")
        .contains("\"bucket_start\":600000,\"bucket_end\":1200000,\"event_time\":600001,")
        .contains("\"score_before\":0.700000,\"score\":0.800000,\"contributions\":[],")
        .endsWith("\"profile\":null,\"dimensions\":{},\"final\":false}");
  }

  @Test
  void writesBytesAsBase64AndOnlyThoseOfTheBuffer() {
    var letter =
        new DeadLetter(
            "events",
            1,
            2L,
            Instant.ofEpochMilli(3),
            "decode",
            "malformed-json",
            "why",
            null,
            ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3),
            3);
    assertThat(json(AvroJson.encode(letter)))
        .contains("\"raw_key\":null,\"raw\":\"AQID\",\"raw_length\":3");
  }

  @Test
  void writesAnyDecimalWithoutAnExponentAndMapsAsObjects() {
    var row =
        new EventRow(
            "e",
            "u",
            "t",
            Instant.ofEpochMilli(1),
            null,
            new BigDecimal("0.0000000001"),
            Map.of("ü", "\"1"),
            "events",
            1,
            2L,
            Instant.ofEpochMilli(3),
            true);
    assertThat(json(AvroJson.encode(row)))
        .isEqualTo(
            "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":1,"
                + "\"session_id\":null,\"value\":0.0000000001,\"properties\":{\"ü\":\"\\\"1\"},"
                + "\"topic\":\"events\",\"partition\":1,\"offset\":2,\"ingest_time\":3,"
                + "\"late\":true}");
  }

  @Test
  void leavesTheBytesOfTheRecordToBeReadAgain() {
    var raw = ByteBuffer.wrap(new byte[] {1, 2, 3});
    var letter = new DeadLetter("t", 0, 0L, Instant.EPOCH, "s", "e", "m", null, raw, 3);
    assertThat(AvroJson.encode(letter)).isEqualTo(AvroJson.encode(letter));
    assertThat(raw.remaining()).isEqualTo(3);
  }

  @Test
  void refusesAValueThatItHasNoFormFor() {
    var schema = SchemaBuilder.record("r").fields().requiredDouble("d").endRecord();
    var row = new GenericRecordBuilder(schema).set("d", 0.5).build();
    assertThatThrownBy(() -> AvroJson.encode(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Double");
  }

  private static String json(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
