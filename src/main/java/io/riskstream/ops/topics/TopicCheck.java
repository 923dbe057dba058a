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
import io.riskstream.reference.Expected;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds the alerts and dead letters in Kafka against the reference model, message by message. */
public final class TopicCheck {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Takes one message. */
  private interface MessageConsumer {
    void accept(JsonNode message, String where, ConsumerRecord<byte[], byte[]> record);
  }

  private TopicCheck() {}

  /**
   * Holds the alerts against those expected.
   *
   * @param published gets each alert that is one
   */
  public static Findings alerts(
      KafkaTopics kafka,
      String topic,
      List<Expected.ExpectedAlert> expected,
      Consumer<PublishedAlert> published)
      throws IOException {
    var findings = new Findings("alerts");
    var alerts =
        new ExactSet<String, Expected.ExpectedAlert, JsonNode>(
            findings, TopicCheck::differencesFromNearestCandidate);
    for (var alert : expected) {
      alerts.expect(alert.alertId(), alert);
    }
    read(
        kafka,
        topic,
        findings,
        (message, where, record) -> {
          alerts.found(message.path("alert_id").asText(), message, where);
          published.accept(new PublishedAlert(message, record.timestamp()));
        });
    alerts.finish(Expected.ExpectedAlert::mandatory);
    return findings;
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

  /** Nothing where the message is one of the candidates, or may be by what is known. */
  private static List<String> differencesFromNearestCandidate(
      Expected.ExpectedAlert expected, JsonNode message) {
    if (!expected.arrivalKnown() && !message.path("final").asBoolean()) {
      return List.of();
    }
    return expected.candidates().stream()
        .map(candidate -> Differences.between(candidate, message, Set.of()))
        .min(Comparator.comparingInt(List::size))
        .orElse(List.of("nothing final fires in its bucket"));
  }

  private static RecordPosition positionOf(JsonNode letter) {
    return new RecordPosition(
        letter.path("topic").asText(),
        letter.path("partition").asInt(-1),
        letter.path("offset").asLong(-1));
  }

  private static void read(
      KafkaTopics kafka, String topic, Findings findings, MessageConsumer messages)
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
