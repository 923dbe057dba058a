package io.riskstream.benchmarks.kafkastreams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs the topology with the settings of a file, until it is told to end. */
public final class KafkaStreamsApplication {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private KafkaStreamsApplication() {}

  /**
   * Starts it.
   *
   * @param args a file of properties: those of Kafka Streams, and the topics {@code input} and
   *     {@code output}
   */
  public static void main(String[] args) throws Exception {
    var settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(file);
    }
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    var topology =
        RiskTopology.of(settings.getProperty("input"), settings.getProperty("output"), settings);
    var streams = new KafkaStreams(topology, settings);
    var ended = new CountDownLatch(1);
    streams.setUncaughtExceptionHandler(
        failure -> StreamThreadExceptionResponse.SHUTDOWN_APPLICATION);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
            ended.countDown();
          }
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(CLOSE_LIMIT)));
    streams.start();
    ended.await();
    if (streams.state() == KafkaStreams.State.ERROR) {
      Runtime.getRuntime().halt(1);
    }
  }
}
