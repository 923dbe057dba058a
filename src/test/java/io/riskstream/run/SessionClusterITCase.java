package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.ConfigLoader;
import io.riskstream.run.AvailableNow.Ending;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose job is on a cluster that outlives the command, as {@code flink run} has it. */
@Timeout(120)
final class SessionClusterITCase {
  @TempDir private Path folder;

  @Test
  void aRunOnAClusterEndsAndAJobThatAKilledOneLeftThereIsFound() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0);
        var cluster = startCluster()) {
      for (var topic : List.of("events", "risk-alerts", "dead-letters", "user-profiles")) {
        kafka.createTopic(topic, 2);
      }
      kafka.createTopic("control", 1);
      kafka.createTopic("control-status", 1);
      var address = cluster.getRestAddress().get(10, TimeUnit.SECONDS);
      var client = new Configuration();
      client.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
      client.set(RestOptions.ADDRESS, address.getHost());
      client.set(RestOptions.PORT, address.getPort());
      Context.set(client);
      try (var load =
          new SlicedLoad(kafka.bootstrapServers(), "events", folder.resolve("m.ndjson"), 400)) {
        load.send(200);
        assertThat(run(kafka, redis, "")).isEqualTo(Ending.READ);
        load.send(200);

        // A command that dies leaves its job; here it is a thread that nobody waits for.
        var abandoned = new Thread(() -> runAndSuffer(kafka, redis));
        abandoned.start();
        Await.until("the second job runs", () -> runningJobs(cluster) == 1);
        abandoned.interrupt();
        abandoned.join();
        assertThatThrownBy(() -> run(kafka, redis, ""))
            .isInstanceOf(RunException.class)
            .hasMessageContaining("of run 2, whose command did not live to stop it, still runs");

        for (var job : cluster.listJobs().get(10, TimeUnit.SECONDS)) {
          if (!job.getJobState().isGloballyTerminalState()) {
            cluster.cancelJob(job.getJobId()).get(10, TimeUnit.SECONDS);
          }
        }
        Await.until("it is gone", () -> runningJobs(cluster) == 0);
        assertThat(run(kafka, redis, "")).isEqualTo(Ending.READ);
      } finally {
        Context.reset();
      }
    }
  }

  private void runAndSuffer(EmbeddedKafka kafka, EmbeddedRedis redis) {
    try {
      run(kafka, redis, "10");
    } catch (InterruptedException asWanted) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private Ending run(EmbeddedKafka kafka, EmbeddedRedis redis, String rateLimit) throws Exception {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("lake.path", folder.resolve("lake").toUri().toString());
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("run.state-path", folder.resolve("runs").toUri().toString());
    keys.put("flink.execution.checkpointing.interval", "200 ms");
    keys.put("flink.parallelism.default", "1");
    if (!rateLimit.isEmpty()) {
      keys.put("source.rate-limit", rateLimit);
    }
    var lines = new ArrayList<String>();
    return new AvailableNow(
            ConfigLoader.load(null, keys), false, null, new CountDownLatch(1), lines::add)
        .run();
  }

  private static long runningJobs(MiniCluster cluster) {
    try {
      return cluster.listJobs().get(10, TimeUnit.SECONDS).stream()
          .filter(job -> !job.getJobState().isGloballyTerminalState())
          .count();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static MiniCluster startCluster() throws Exception {
    var settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.setString("rest.address", "localhost");
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    return cluster;
  }

  /** Lets programs of this JVM run on the cluster, as Flink's command line does. */
  private static final class Context extends StreamExecutionEnvironment {
    static void set(Configuration client) {
      initializeContextEnvironment(
          further -> {
            var all = new Configuration(client);
            all.addAll(further);
            return new StreamContextEnvironment(
                new DefaultExecutorServiceLoader(),
                all,
                Context.class.getClassLoader(),
                false,
                false);
          });
    }

    static void reset() {
      resetContextEnvironment();
    }
  }
}
