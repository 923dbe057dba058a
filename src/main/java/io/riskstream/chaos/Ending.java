package io.riskstream.chaos;

import io.riskstream.chaos.job.JobKeys;
import io.riskstream.chaos.job.RunningJob;
import io.riskstream.chaos.traffic.CanaryWatch;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.demo.output.JobOutput;
import io.riskstream.load.LoadResult;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Says when a job owes nobody anything any more, so that it can be drained. */
final class Ending implements AutoCloseable {
  private static final String PIPELINE = "risk:pipeline";

  /** A writer notices that its Redis is another one when it next writes, each second. */
  private static final long NOTICED_AFTER_MILLIS = 3_000;

  private final Deadline deadline;
  private final ConsumerProgress consumer;
  private final JobOutput output;

  Ending(RiskstreamConfig config, Deadline deadline) {
    this.deadline = deadline;
    var kafka = config.kafka();
    consumer =
        new ConsumerProgress(
            kafka.bootstrapServers(),
            Map.of(
                kafka.eventsTopic(), JobKeys.EVENT_PARTITIONS,
                kafka.profilesTopic(), JobKeys.EVENT_PARTITIONS),
            kafka.groupId());
    output = new JobOutput(kafka);
  }

  /** Waits until every record is in a completed checkpoint, and every document is answered. */
  void awaitTaken(LoadResult sent, RunningJob job) throws IOException, InterruptedException {
    deadline.await(
        "the job has taken everything that was sent",
        () -> {
          job.failIfEnded();
          output.readOn();
          return lag() == 0 && output.documents().answered() >= sent.documents();
        });
  }

  /** Waits until Redis shows everything, and no writer says that users are missing there. */
  void awaitRebuilt(long healedMillis, URI redis, CanaryWatch canary)
      throws IOException, InterruptedException {
    try (var client = RedisClient.create(redis)) {
      deadline.await(
          "Redis shows everything again",
          () -> canary.showsAll() && isWhole(client, healedMillis + NOTICED_AFTER_MILLIS));
    }
  }

  @Override
  public void close() {
    consumer.close();
    output.close();
  }

  private long lag() throws InterruptedException {
    try {
      return consumer.lag();
    } catch (ExecutionException | TimeoutException notYet) {
      return Long.MAX_VALUE; // a broker that starts again
    }
  }

  private static boolean isWhole(RedisClient redis, long sinceMillis) {
    try {
      var said = redis.hmget(PIPELINE, "heartbeat", "degraded");
      return said.get(0) != null
          && Long.parseLong(said.get(0)) >= sinceMillis
          && "0".equals(said.get(1));
    } catch (JedisException notYet) {
      return false;
    }
  }
}
