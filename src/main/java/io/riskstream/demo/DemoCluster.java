package io.riskstream.demo;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.DemoMetricReporterFactory;
import io.riskstream.server.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink of one task manager in this JVM, with its web UI, that runs one job. */
final class DemoCluster implements AutoCloseable {
  private static final int SLOTS = 2;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final MiniCluster cluster;
  private JobID jobId;

  private DemoCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts the cluster; nothing runs on it yet. */
  static DemoCluster start(Path folder, int webPort, String metricsBoard) throws Exception {
    var settings = new LinkedHashMap<>(jobSettings(folder));
    settings.put("rest.address", Ports.HOST);
    settings.put("rest.bind-address", Ports.HOST);
    settings.put("rest.port", Integer.toString(webPort));
    settings.put("rest.bind-port", Integer.toString(webPort));
    settings.put("web.submit.enable", "false");
    settings.put("web.cancel.enable", "false");
    settings.put("io.tmp.dirs", folder.resolve("tmp").toString());
    settings.put("taskmanager.memory.managed.size", "256m");
    settings.put("metrics.reporters", "demo");
    settings.put("metrics.reporter.demo.factory.class", DemoMetricReporterFactory.class.getName());
    settings.put("metrics.reporter.demo." + DemoMetricReporterFactory.BOARD, metricsBoard);
    var cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(Configuration.fromMap(settings))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    cluster.start();
    return new DemoCluster(cluster);
  }

  /** Returns Flink's settings of the job, without a prefix. */
  static Map<String, String> jobSettings(Path folder) {
    return Map.of(
        "parallelism.default", Integer.toString(SLOTS),
        "state.backend.type", "rocksdb",
        "execution.checkpointing.incremental", "true",
        "execution.checkpointing.interval", "1 s",
        "execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString(),
        "restart-strategy.type", "fixed-delay",
        "restart-strategy.fixed-delay.attempts", "3",
        "restart-strategy.fixed-delay.delay", "1 s");
  }

  URI webAddress() throws Exception {
    return cluster.getRestAddress().get(10, TimeUnit.SECONDS);
  }

  /** Submits the job; {@link #isRunning} says when all of it runs. */
  void submit(BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job, RiskstreamConfig config)
      throws Exception {
    var environment =
        StreamExecutionEnvironment.getExecutionEnvironment(config.job().flink().clone());
    job.accept(environment, config);
    var graph = environment.getStreamGraph();
    graph.setJobId(JobID.generate());
    graph.serializeUserDefinedInstances();
    jobId = cluster.submitJob(graph).get(30, TimeUnit.SECONDS).getJobID();
  }

  /**
   * Returns whether every task runs.
   *
   * @throws DemoException if the job has failed for good
   */
  boolean isRunning() throws Exception {
    failIfEnded();
    var vertices = cluster.getExecutionGraph(jobId).get(10, TimeUnit.SECONDS);
    if (vertices.getState() != JobStatus.RUNNING) {
      return false;
    }
    for (var vertex : vertices.getAllExecutionVertices()) {
      if (vertex.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /**
   * Does nothing while the job lives.
   *
   * @throws DemoException naming the root cause if it has ended
   */
  void failIfEnded() throws Exception {
    var status = cluster.getJobStatus(jobId).get(10, TimeUnit.SECONDS);
    if (status.isGloballyTerminalState()) {
      var result = cluster.requestJobResult(jobId).get(10, TimeUnit.SECONDS);
      var cause =
          result
              .getSerializedThrowable()
              .map(t -> t.deserializeError(DemoCluster.class.getClassLoader()))
              .orElse(null);
      throw new DemoException("the job has ended (" + status + "): " + RootCause.of(cause), cause);
    }
  }

  /** Ends the job: everything that it has read is final and committed when this returns. */
  void drain(Path savepoints, Duration atMost) throws Exception {
    try {
      var stopped =
          cluster.stopWithSavepoint(
              jobId, savepoints.toUri().toString(), true, SavepointFormatType.CANONICAL);
      stopped.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      var status =
          cluster
              .requestJobResult(jobId)
              .get(atMost.toMillis(), TimeUnit.MILLISECONDS)
              .getJobStatus();
      if (!status.equals(Optional.of(JobStatus.FINISHED))) {
        failIfEnded();
      }
    } catch (ExecutionException failed) {
      throw new DemoException("the job could not stop: " + RootCause.of(failed), failed);
    } catch (TimeoutException late) {
      throw new DemoException("the job did not stop within " + atMost.toSeconds() + " s", late);
    }
  }

  /** Ends the task manager as a crash does, and starts another one. */
  void killTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    cluster.startTaskManager();
  }

  @Override
  public void close() throws Exception {
    try {
      cluster.closeAsync().get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new DemoException("Flink did not end within " + CLOSE_TIMEOUT.toSeconds() + " s", late);
    }
  }
}
