package io.riskstream.source.control;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.GatedDocument;
import io.riskstream.rules.document.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  @Override
  public RecordedAnswers answers() {
    try (var kafka = new WholeTopic(bootstrapServers, properties)) {
      return answers(kafka);
    } catch (IOException unreachable) {
      throw new UncheckedIOException("the answers to documents cannot be read", unreachable);
    }
  }

  private List<GatedDocument> readNow() throws IOException {
    var records = new ArrayList<ControlRecord>();
    RecordedAnswers answers;
    try (var kafka = new WholeTopic(bootstrapServers, properties)) {
      requireWhole(kafka.beginnings(topic).values().stream().toList());
      // The answers first: each of them is then to a document that is read.
      answers = answers(kafka);
      kafka.read(topic, consumed -> records.add(ControlRecordDeserializer.recordOf(consumed)));
    }
    var gate = gates.create();
    var accepted = new ArrayList<GatedDocument>();
    for (var document : records) {
      var answer =
          answers.hasAnswerTo(document)
              ? answers.keepTo(document, gate).orElse(null)
              : gate.judge(document);
      if (answer instanceof Answer.Accepted taken) {
        accepted.add(taken.gated());
      }
    }
    return accepted;
  }

  private RecordedAnswers answers(WholeTopic kafka) throws IOException {
    var statuses = new ArrayList<byte[]>();
    kafka.read(statusTopic, status -> statuses.add(status.value()));
    try {
      return RecordedAnswers.of(topic, statuses);
    } catch (IOException malformed) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "topic %s does not hold the answers of the job: %s; name another one by kafka.control-status-topic"
                  .formatted(statusTopic, malformed.getMessage()),
              malformed));
    }
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
}
