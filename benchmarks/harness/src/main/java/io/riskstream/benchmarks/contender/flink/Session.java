package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.cluster.ClusterMember;
import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.lifecycle.Lifecycle;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.LifecycleException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A session cluster for one job: JobManager, one TaskManager with a slot for each parallel task,
 * and ZooKeeper, the same for every contender that runs on Flink.
 */
final class Session implements AutoCloseable {
  /** Enough for the state of millions of users to be written or read. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final LocalCluster cluster;
  private final FlinkCluster flink;
  private final Lifecycle lifecycle;

  private Session(LocalCluster cluster, FlinkCluster flink, Lifecycle lifecycle) {
    this.cluster = cluster;
    this.flink = flink;
    this.lifecycle = lifecycle;
  }

  /**
   * Starts it; returns when its slots are there.
   *
   * @param home the checkout whose flink-conf it starts from
   * @param further settings of the cluster
   */
  static Session start(Assignment assignment, Path home, Map<String, String> further)
      throws IOException, LifecycleException {
    var settings =
        ClusterSettings.attached(assignment.folder().resolve("flink"))
            .withHome(home)
            .withTaskManagers(1, assignment.parallelism())
            .with(usual(assignment))
            .with(further);
    var cluster = LocalCluster.start(settings);
    try {
      var flink = FlinkCluster.at(cluster.restAddress());
      var deployments = assignment.folder().resolve("deployments");
      return new Session(cluster, flink, new Lifecycle(flink, deployments, LIMIT, line -> {}));
    } catch (LifecycleException | RuntimeException failed) {
      cluster.kill();
      throw failed;
    }
  }

  private static Map<String, String> usual(Assignment assignment) {
    var interval = Assignment.COMMIT_INTERVAL.toMillis() + " ms";
    var settings = new HashMap<String, String>();
    settings.put("parallelism.default", Integer.toString(assignment.parallelism()));
    // As flink-conf/config.yaml has it; a local cluster otherwise makes do with less.
    settings.put("taskmanager.memory.process.size", "3g");
    settings.put("taskmanager.memory.managed.fraction", "0.4");
    settings.put("jobmanager.memory.process.size", "1g");
    settings.put("execution.checkpointing.interval", interval);
    settings.put("execution.checkpointing.min-pause", "200 ms");
    // A contender that fails is to be seen, not restarted.
    settings.put("restart-strategy.type", "none");
    // The most that its ZooKeeper grants. A local cluster has 6 s, for JobManagers that are killed;
    // a TaskManager that restores millions of users has stood still for 5 s.
    settings.put("high-availability.zookeeper.client.session-timeout", "20 s");
    settings.put("env.java.opts.jobmanager", assignment.jvmOptions());
    settings.put("env.java.opts.taskmanager", assignment.jvmOptions());
    return settings;
  }

  String restAddress() {
    return cluster.restAddress();
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  Set<Long> processes() {
    return Stream.concat(
            Stream.of(cluster.jobManager(), cluster.zooKeeper()), cluster.taskManagers().stream())
        .map(ClusterMember::pid)
        .collect(Collectors.toSet());
  }

  OptionalLong checkpointBytes(String job) throws LifecycleException, InterruptedException {
    var report = flink.report(job);
    return report.isEmpty() || report.get().checkpoint().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(report.get().checkpoint().get().bytes());
  }

  /** Does nothing while the job runs. */
  void requireRunning(String job) throws LifecycleException, InterruptedException, IOException {
    var report = flink.report(job);
    if (report.isEmpty() || report.get().state().hasEnded()) {
      throw new IOException(
          "the job has ended: "
              + report.flatMap(known -> known.failure()).orElse("no reason is known"));
    }
  }

  @Override
  public void close() throws IOException {
    cluster.kill();
  }
}
