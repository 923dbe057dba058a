package io.riskstream.source.control;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.GatedDocument;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * The whole control topic, read now and judged again. Where the job's gate has given its answer
 * already, that one counts: what it accepted keeps its cut, whatever the configuration or a file
 * that the document names says by now.
 */
public final class KafkaDocumentHistory implements DocumentHistory {
  private static final long serialVersionUID = 1L;

  private final String bootstrapServers;
  private final String topic;
  private final String statusTopic;
  private final HashMap<String, String> properties;
  private final DocumentGates gates;

  public KafkaDocumentHistory(RiskstreamConfig config) {
    bootstrapServers = config.kafka().bootstrapServers();
    topic = config.kafka().controlTopic();
    statusTopic = config.kafka().controlStatusTopic();
    properties = new HashMap<>(config.kafka().properties());
    gates = new DocumentGates(config);
  }

  @Override
  public List<GatedDocument> read() {
    try {
      return readNow();
    } catch (IOException unreachable) {
      throw new UncheckedIOException("the documents that are in force cannot be read", unreachable);
    }
  }

  private List<GatedDocument> readNow() throws IOException {
    var records = new ArrayList<ControlRecord>();
    var answers = new HashMap<Long, RecordedAnswer>();
    try (var kafka = new WholeTopic(bootstrapServers, properties)) {
      requireWhole(kafka.beginnings(topic).values().stream().toList());
      // The answers first: each of them is then to a document that is read.
      kafka.read(
          statusTopic,
          status -> {
            var answer = answer(status.value());
            if (answer.topic().equals(topic)) {
              answers.put(answer.offset(), answer);
            }
          });
      kafka.read(topic, consumed -> records.add(ControlRecordDeserializer.recordOf(consumed)));
    }
    return judge(records, answers, gates.create());
  }

  static List<GatedDocument> judge(
      List<ControlRecord> records, Map<Long, RecordedAnswer> answers, DocumentGate gate)
      throws IOException {
    var accepted = new ArrayList<GatedDocument>();
    for (var document : records) {
      var answer = answers.get(document.coordinates().offset());
      if (answer == null) {
        gated(gate.judge(document)).ifPresent(accepted::add);
      } else if (answer.accepted()) {
        accepted.add(asAnswered(gate.judge(document), answer));
      }
    }
    return accepted;
  }

  private static Optional<GatedDocument> gated(Answer answer) {
    return answer instanceof Answer.Accepted accepted
        ? Optional.of(accepted.gated())
        : Optional.empty();
  }

  private static GatedDocument asAnswered(Answer judged, RecordedAnswer answer) throws IOException {
    if (judged instanceof Answer.Accepted accepted) {
      return new GatedDocument(accepted.gated().document(), answer.cutMillis(), answer.offset());
    }
    var why = judged instanceof Answer.Refused refused ? refused.reason() : "it comes twice";
    throw new IOException(
        ("document %s-0@%d was accepted, and cannot be used any more: %s; see to it that it can,"
                + " as events may have been judged by it")
            .formatted(answer.topic(), answer.offset(), why));
  }

  /** Without the first documents it would not be known what is in force. */
  private void requireWhole(List<Long> beginnings) {
    if (beginnings.size() != 1 || beginnings.get(0) > 0) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              beginnings.size() == 1
                  ? ("the documents of topic %s before offset %d are deleted, so that it is not known"
                          + " what is in force; make a new topic with riskstream topics create, name it"
                          + " by kafka.control-topic, and publish there what is to hold")
                      .formatted(topic, beginnings.get(0))
                  : "topic %s has %d partitions, so that its documents have no one order; name one with a single partition by kafka.control-topic"
                      .formatted(topic, beginnings.size())));
    }
  }

  private RecordedAnswer answer(byte[] status) {
    try {
      if (status == null) {
        throw new IOException("a record of it has no value");
      }
      return RecordedAnswer.of(status);
    } catch (IOException malformed) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "topic %s does not hold the answers of the job: %s; name another one by kafka.control-status-topic"
                  .formatted(statusTopic, malformed.getMessage()),
              malformed));
    }
  }
}
