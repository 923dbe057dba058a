package io.riskstream.demo.output;

import io.riskstream.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;

/** Follows the topics that the job writes for its readers. For one thread. */
public final class JobOutput implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TopicTail alerts;
  private final TopicTail answers;
  private final AlertLog alertLog = new AlertLog();
  private final DocumentLog documentLog = new DocumentLog();

  public JobOutput(KafkaConfig kafka) {
    alerts = new TopicTail(kafka.bootstrapServers(), kafka.alertsTopic());
    answers = new TopicTail(kafka.bootstrapServers(), kafka.controlStatusTopic());
  }

  /** Takes note of what has been committed since. */
  public void readOn() throws IOException {
    alerts.readOn(alertLog::add);
    answers.readOn(documentLog::add);
  }

  /** Takes note of all that is committed by now. */
  public void readToEnd() throws IOException {
    alerts.readToEnd(PATIENCE, alertLog::add);
    answers.readToEnd(PATIENCE, documentLog::add);
  }

  public AlertLog alerts() {
    return alertLog;
  }

  public DocumentLog documents() {
    return documentLog;
  }

  @Override
  public void close() {
    alerts.close();
    answers.close();
  }
}
