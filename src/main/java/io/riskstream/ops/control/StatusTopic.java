package io.riskstream.ops.control;

import io.riskstream.config.KafkaConfig;
import io.riskstream.ops.topics.KafkaTopics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** The answers of the running job; they are committed with its checkpoints. */
public final class StatusTopic {
  private final KafkaConfig kafka;

  public StatusTopic(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /**
   * Waits for the answer to the document at an offset of the control topic.
   *
   * @return empty if there was none in time
   * @throws IOException if Kafka does not answer
   */
  public Optional<DocumentAnswer> await(long offset, Duration timeout) throws IOException {
    var found = new ArrayList<DocumentAnswer>();
    try (var topics = KafkaTopics.connect(kafka)) {
      topics.awaitOne(
          kafka.controlStatusTopic(),
          record -> {
            var status = DocumentAnswer.parse(record.value());
            if (DocumentAnswer.isTo(status, kafka.controlTopic(), offset)) {
              found.add(DocumentAnswer.of(status));
            }
            return !found.isEmpty();
          },
          timeout);
    }
    return found.stream().findFirst();
  }
}
