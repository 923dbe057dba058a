package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.KafkaConfig;
import io.riskstream.demo.server.EmbeddedKafka;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.source.control.ControlSource;
import io.riskstream.testkit.Configs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
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
  void theSourceGivesThePublishedDocumentsAndLeavesTheRestAlone() throws Exception {
    try (var kafka = new EmbeddedKafka(path, 0)) {
      kafka.createTopic("control", 1);
      var config = Configs.of(kafka.bootstrapServers(), "redis://127.0.0.1:1", path).kafka();
      var first = new HotRebuild("one", 1, 5, "because", 0, 2);
      var second = new HotRebuild("two", 1, 6, "", null, null);
      new ControlTopic(config).publish(first);
      publishNonsense(config);
      new ControlTopic(config).publish(second);
      assertThat(read(config)).containsExactly(first, second);
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

  private static List<ControlDocument> read(KafkaConfig config) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var read = new ArrayList<ControlDocument>();
    try (var documents =
        environment
            .fromSource(
                ControlSource.untilNow(config, StreamTypes.CONTROL_DOCUMENT),
                ControlSource.watermarks(),
                "control",
                StreamTypes.CONTROL_DOCUMENT)
            .process(new PassOn(), StreamTypes.CONTROL_DOCUMENT)
            .executeAndCollect()) {
      documents.forEachRemaining(read::add);
    }
    return read;
  }

  /** A step in the graph, so that documents are serialized. */
  private static final class PassOn extends ProcessFunction<ControlDocument, ControlDocument> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        ControlDocument document, Context context, Collector<ControlDocument> out) {
      out.collect(document);
    }
  }
}
