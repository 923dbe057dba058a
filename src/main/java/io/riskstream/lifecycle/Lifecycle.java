package io.riskstream.lifecycle;

import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.program.JobJar;
import io.riskstream.lifecycle.program.PreparedJob;
import io.riskstream.lifecycle.program.ProgramSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What can be done with the job on a cluster. Everything waits until the cluster shows that it is
 * so, within a time limit; nothing ends a job without a savepoint but {@link #abandon}.
 */
public final class Lifecycle {
  private final FlinkCluster cluster;
  private final Path deployments;
  private final Progress progress;
  private final Wait wait;

  /**
   * @param deployments folder of the record of deployments; made when it is needed
   * @param limit of each wait
   */
  public Lifecycle(FlinkCluster cluster, Path deployments, Duration limit, Progress progress) {
    this.cluster = cluster;
    this.deployments = deployments;
    this.progress = progress;
    this.wait = new Wait(progress, limit);
  }

  /**
   * Submits a job and waits until every task of it runs.
   *
   * @param arguments of its program: {@code pipeline --config FILE} and what follows
   * @param savepointOrNull a savepoint or retained checkpoint to start from
   * @param parallelismOrZero 0 for that of the configuration
   * @return the job's id
   */
  public String submit(
      JobJar jar, List<String> arguments, String savepointOrNull, int parallelismOrZero)
      throws LifecycleException, InterruptedException {
    var settings = new ProgramSettings(arguments, parallelismOrZero, cluster.configuration());
    var starting = new Starting(cluster, wait);
    var job = UUID.randomUUID().toString().replace("-", "");
    try (var prepared = PreparedJob.prepare(jar, settings, job, cluster.address(), wait)) {
      starting.requireNoneOfName(prepared.graph().jobName());
      starting.requireRoom(prepared.graph(), cluster.freeSlots());
      prepared.submit(savepointOrNull);
    }
    starting.awaitRunning(job);
    return job;
  }

  /**
   * Returns how a job is.
   *
   * @param job id or name; null for the only one that runs
   */
  public JobReport status(String job) throws LifecycleException, InterruptedException {
    var found = cluster.find(job);
    return cluster
        .report(found.id())
        .orElseThrow(() -> new LifecycleException("job " + found.id() + " is gone"));
  }

  /**
   * Stops a job behind a savepoint.
   *
   * @param job id or name; null for the only one that runs
   * @param drain whether all that is pending is made final, so that nothing goes on from it
   * @return the path of the savepoint
   */
  public String stop(String job, boolean drain) throws LifecycleException, InterruptedException {
    return stop(job, drain, null);
  }

  /**
   * Does so with the savepoint in another folder than the cluster's own.
   *
   * @param folderOrNull that the cluster can write
   */
  public String stop(String job, boolean drain, String folderOrNull)
      throws LifecycleException, InterruptedException {
    var id = cluster.find(job).id();
    var stopping = new Stopping(cluster, wait);
    return stopping.await(id, stopping.ask(id, folderOrNull, drain)).savepoint();
  }

  /**
   * Ends a job as it is, without a savepoint.
   *
   * @return how it was at its end; it can be gone on with from its last checkpoint, if that is
   *     retained
   */
  public JobReport abandon(String job) throws LifecycleException, InterruptedException {
    return new Stopping(cluster, wait).abandon(cluster.find(job).id());
  }
}
