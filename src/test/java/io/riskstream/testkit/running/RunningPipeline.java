package io.riskstream.testkit.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The production job between a broker that is the caller's and a Redis of its own. It knows no
 * restart: whatever fails it ends it, and {@link #drain} says so. What it writes, lake, topics and
 * offsets, is under its name, apart from that of other jobs on the same input.
 */
public final class RunningPipeline implements AutoCloseable {
  /** Of the topics of events and profiles. */
  public static final int PARTITIONS = 2;

  private static final Duration MAX_FUTURE_SKEW = Duration.ofSeconds(3);
  private static final Duration GUARD = Duration.ofSeconds(3);
  private static final int DRAIN_SECONDS = 60;

  private final Path folder;
  private final EmbeddedRedis redis;
  private final RiskstreamConfig config;
  private JobClient job;

  private RunningPipeline(Path folder, EmbeddedRedis redis, RiskstreamConfig config) {
    this.folder = folder;
    this.redis = redis;
    this.config = config;
  }

  /** Creates the topics that all jobs read. */
  public static void createInputs(EmbeddedKafka kafka) throws IOException {
    kafka.createTopic("events", PARTITIONS);
    kafka.createTopic("user-profiles", PARTITIONS);
    kafka.createTopic("control", 1);
  }

  /**
   * Starts a job and waits until it runs.
   *
   * @param folder takes the job's folders, each under its name
   * @param more keys of the configuration
   */
  public static RunningPipeline start(
      EmbeddedKafka kafka, Path folder, String name, Map<String, String> more) throws Exception {
    for (var topic : new String[] {"alerts", "dead", "status"}) {
      kafka.createTopic(name + "-" + topic, 1);
    }
    var redis = EmbeddedRedis.start(0);
    try {
      var keys = keys(kafka, redis, folder.resolve(name), name);
      keys.putAll(more);
      var pipeline =
          new RunningPipeline(folder.resolve(name), redis, ConfigLoader.load(null, keys));
      pipeline.submit();
      return pipeline;
    } catch (Exception failed) {
      redis.close();
      throw failed;
    }
  }

  private static Map<String, String> keys(
      EmbeddedKafka kafka, EmbeddedRedis redis, Path folder, String name) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("kafka.group-id", name);
    keys.put("kafka.transactional-id-prefix", name);
    keys.put("kafka.alerts-topic", name + "-alerts");
    keys.put("kafka.dead-letters-topic", name + "-dead");
    keys.put("kafka.control-status-topic", name + "-status");
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("lake.path", folder.resolve("lake").toUri().toString());
    keys.put("time.watermark-delay", Configs.TIME.watermarkDelay().toMillis() + " ms");
    keys.put("time.allowed-lateness", Configs.TIME.allowedLateness().toMillis() + " ms");
    keys.put("time.max-future-skew", MAX_FUTURE_SKEW.toMillis() + " ms");
    keys.put("rules.guard", GUARD.toMillis() + " ms");
    keys.put("flink.parallelism.default", "2");
    keys.put("flink.execution.checkpointing.interval", "500 ms");
    keys.put("flink.execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    keys.put("flink.restart-strategy.type", "none");
    return keys;
  }

  private void submit() throws Exception {
    var environment =
        StreamExecutionEnvironment.getExecutionEnvironment(config.job().flink().clone());
    PipelineJob.define(environment, config);
    job = environment.executeAsync();
    Await.until("the job runs", this::isRunning);
  }

  public RiskstreamConfig config() {
    return config;
  }

  /** Returns how long after the broker took a document its earliest cut lies. */
  public static long cutDelayMillis() {
    return MAX_FUTURE_SKEW.plus(GUARD).toMillis();
  }

  /** Returns whether the job runs; having failed, it never does again. */
  public boolean isRunning() {
    try {
      return job.getJobStatus().get(10, TimeUnit.SECONDS) == JobStatus.RUNNING;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * Waits until all events and profiles are read, makes them final, and ends the job.
   *
   * @throws Exception what the job failed of, if it did at any time
   */
  public void drain() throws Exception {
    var topics =
        Map.of(
            config.kafka().eventsTopic(), PARTITIONS, config.kafka().profilesTopic(), PARTITIONS);
    try (var progress =
        new ConsumerProgress(config.kafka().bootstrapServers(), topics, config.kafka().groupId())) {
      Await.until("everything is read", () -> !isRunning() || lag(progress) == 0);
    }
    if (isRunning()) {
      job.stopWithSavepoint(
              true, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
          .get(DRAIN_SECONDS, TimeUnit.SECONDS);
    }
    job.getJobExecutionResult().get(DRAIN_SECONDS, TimeUnit.SECONDS);
    job = null;
  }

  /** Holds what the job has written, once it is drained, against the reference model. */
  public void assertExact(Manifest sent) {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    assertThat(Verification.run(config, sent, out).conclusion())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Conclusion.PASS);
  }

  private static long lag(ConsumerProgress progress) {
    try {
      return progress.lag();
    } catch (Exception unanswered) {
      throw new IllegalStateException(unanswered);
    }
  }

  /** Ends the job, if it has not been drained, and its Redis. */
  @Override
  public void close() throws Exception {
    try {
      if (job != null && isRunning()) {
        job.cancel().get(30, TimeUnit.SECONDS);
      }
    } finally {
      redis.close();
    }
  }
}
