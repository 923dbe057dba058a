package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.KafkaConfig;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.source.control.KafkaDocumentHistory;
import io.riskstream.testkit.Configs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is published to the control topic is what the job reads there, and nothing else is. */
@Timeout(120)
class ControlTopicITCase {
  @TempDir Path path;

  @Test
  void theHistoryGivesThePublishedDocumentsAndLeavesTheRestAlone() throws Exception {
    try (var kafka = new EmbeddedKafka(path, 0)) {
      kafka.createTopic("control", 1);
      kafka.createTopic("control-status", 1);
      var whole = Configs.of(kafka.bootstrapServers(), "redis://127.0.0.1:1", path);
      var config = whole.kafka();
      var first = new HotRebuild("one", 1, 5, "because", 0, 2);
      var second = new HotRebuild("two", 1, 6, "", null, null);
      new ControlTopic(config).publish(first);
      publishNonsense(config);
      new ControlTopic(config).publish(second);
      assertThat(new KafkaDocumentHistory(whole).read())
          .extracting(GatedDocument::document)
          .containsExactly(first, second);
    }
  }

  @Test
  void aDocumentThatKafkaDoesNotTakeIsSaidSo() {
    var nobody = Configs.of("127.0.0.1:1", "redis://127.0.0.1:1", path).kafka();
    assertThatThrownBy(
            () -> new ControlTopic(nobody).publish(new HotRebuild("one", 1, 0, "", null, null)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("topic control of Kafka at 127.0.0.1:1 does not take a document");
  }

  private static void publishNonsense(KafkaConfig config) throws Exception {
    var bytes = new ByteArraySerializer();
    Map<String, Object> settings = Map.of("bootstrap.servers", config.bootstrapServers());
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      for (var value : List.of("no JSON", "{\"kind\":\"other\",\"id\":\"a\",\"version\":1}")) {
        producer
            .send(
                new ProducerRecord<>(config.controlTopic(), value.getBytes(StandardCharsets.UTF_8)))
            .get();
      }
      producer.send(new ProducerRecord<>(config.controlTopic(), null)).get();
    }
  }
}
