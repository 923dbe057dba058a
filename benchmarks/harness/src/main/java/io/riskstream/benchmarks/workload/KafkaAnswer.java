package io.riskstream.benchmarks.workload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what Kafka is asked. */
final class KafkaAnswer {
  private KafkaAnswer() {}

  static <T> T get(KafkaFuture<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      throw new IOException("Kafka: " + failed.getCause().getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Kafka was asked");
    }
  }
}
