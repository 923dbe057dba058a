package io.riskstream.run;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.ClusterClientFactory;
import org.apache.flink.client.deployment.DefaultClusterClientServiceLoader;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;

/**
 * The job of a run whose command died: on a cluster it goes on, and a second one beside it would
 * read and write everything twice.
 */
final class FormerJob {
  private static final long PATIENCE_SECONDS = 30;

  private FormerJob() {}

  /**
   * Returns if the job does not run on the cluster that the configuration names; a job in the
   * process of its command has died with it.
   *
   * @throws RunException if it runs, or the cluster does not say
   */
  static void requireGone(int run, JobID job, Configuration configuration)
      throws RunException, InterruptedException {
    var target = configuration.getOptional(DeploymentOptions.TARGET);
    if (target.isEmpty() || target.get().equals(LocalExecutor.NAME)) {
      return;
    }
    if (isRunning(
        job,
        new DefaultClusterClientServiceLoader().getClusterClientFactory(configuration),
        configuration)) {
      throw new RunException(
          ("the job %s of run %d, whose command did not live to stop it, still runs on the cluster;"
                  + " cancel it (flink cancel %s), its last checkpoint is kept")
              .formatted(job, run, job));
    }
  }

  private static <T> boolean isRunning(
      JobID job, ClusterClientFactory<T> factory, Configuration configuration)
      throws RunException, InterruptedException {
    var cluster = factory.getClusterId(configuration);
    if (cluster == null) {
      return false; // one that is started for each job
    }
    try (var descriptor = factory.createClusterDescriptor(configuration);
        var client = descriptor.retrieve(cluster).getClusterClient()) {
      return client.listJobs().get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
          .anyMatch(
              listed ->
                  listed.getJobId().equals(job) && !listed.getJobState().isGloballyTerminalState());
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception silent) { // Flink declares nothing narrower
      throw new RunException("the Flink cluster does not say which jobs it runs", silent);
    }
  }
}
