package io.riskstream.ops.topics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.model.DeadLetter;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.check.RecordPosition;
import io.riskstream.ops.lake.AlertsCheck;
import io.riskstream.reference.rules.ControlAnswer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds what stands in Kafka's topics against the reference model, message by message. */
public final class TopicCheck {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Takes one message. */
  interface MessageConsumer {
    void accept(JsonNode message, String where, ConsumerRecord<byte[], byte[]> record);
  }

  private TopicCheck() {}

  /**
   * Holds the alerts against those of the dataset.
   *
   * @param published gets each message
   */
  public static void alerts(
      KafkaTopics kafka, String topic, AlertsCheck alerts, Consumer<PublishedAlert> published)
      throws IOException {
    read(
        kafka,
        topic,
        alerts.topic(),
        (message, where, record) -> {
          alerts.published(message, where);
          published.accept(new PublishedAlert(message, record.timestamp()));
        });
    alerts.finish();
  }

  /** Holds the answers to documents against those expected. */
  public static Findings controlStatus(
      KafkaTopics kafka, String topic, List<ControlAnswer> expected) throws IOException {
    return ControlStatusCheck.of(kafka, topic, expected);
  }

  public static Findings deadLetters(KafkaTopics kafka, String topic, List<DeadLetter> expected)
      throws IOException {
    var findings = new Findings("dead letters");
    var letters =
        new ExactSet<RecordPosition, DeadLetter, JsonNode>(
            findings, (letter, message) -> Differences.between(letter, message, Set.of("message")));
    for (var letter : expected) {
      letters.expect(
          new RecordPosition(letter.getTopic(), letter.getPartition(), letter.getOffset()), letter);
    }
    read(
        kafka,
        topic,
        findings,
        (message, where, record) -> letters.found(positionOf(message), message, where));
    letters.finish(always -> true);
    return findings;
  }

  static RecordPosition positionOf(JsonNode letter) {
    return new RecordPosition(
        letter.path("topic").asText(),
        letter.path("partition").asInt(-1),
        letter.path("offset").asLong(-1));
  }

  static void read(KafkaTopics kafka, String topic, Findings findings, MessageConsumer messages)
      throws IOException {
    kafka.read(
        topic,
        record -> {
          var where = record.topic() + "-" + record.partition() + "@" + record.offset();
          var message = parse(record);
          if (message == null || !message.isObject()) {
            findings.rowFound();
            findings.add(Kind.UNEXPECTED, where + " is no JSON object");
          } else {
            messages.accept(message, where, record);
          }
        });
  }

  /** Returns null where the record is no JSON. */
  private static JsonNode parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? null : JSON.readTree(record.value());
    } catch (IOException notJson) {
      return null;
    }
  }
}
