package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.DeadLetter;
import io.riskstream.testkit.SampleAlerts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KafkaOutputTest {

  @Test
  void anAlertIsKeyedByItsUser() {
    var alert = SampleAlerts.raised("ü");
    var record = KafkaOutput.ofAlert("alerts", alert);
    assertThat(record.topic()).isEqualTo("alerts");
    assertThat(record.key()).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
    assertThat(record.value()).isEqualTo(AvroJson.encode(alert));
  }

  @Test
  void anAlertOfNobodyIsKeyedByItsRule() {
    var alert = SampleAlerts.raised("u");
    alert.setUserId(null);
    assertThat(KafkaOutput.ofAlert("alerts", alert).key())
        .isEqualTo(alert.getRuleId().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aDeadLetterIsKeyedByWhereItCameFrom() {
    var letter =
        new DeadLetter(
            "events", 3, 42L, Instant.EPOCH, "decode", "why", "", null, ByteBuffer.allocate(0), 0);
    var record = KafkaOutput.ofDeadLetter("dead-letters", letter);
    assertThat(record.topic()).isEqualTo("dead-letters");
    assertThat(record.key()).isEqualTo("events-3-42".getBytes(StandardCharsets.UTF_8));
    assertThat(record.value()).isEqualTo(AvroJson.encode(letter));
  }
}
