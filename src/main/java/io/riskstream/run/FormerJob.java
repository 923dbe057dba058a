package io.riskstream.run;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.ClusterClientFactory;
import org.apache.flink.client.deployment.DefaultClusterClientServiceLoader;
import org.apache.flink.configuration.Configuration;

/**
 * The job of a run whose command died: on a cluster it goes on, and a second one beside it would
 * read and write everything twice.
 */
final class FormerJob {
  private static final long PATIENCE_SECONDS = 30;

  private FormerJob() {}

  /**
   * Returns if the job does not run any more where it was started; a job in the process of its
   * command has died with it.
   *
   * @param configuration of the run that is about to begin; it must lead to the same cluster
   * @throws RunException if the job runs, the cluster does not say, or it is another cluster
   */
  static void requireGone(int run, StartedJob former, Configuration configuration)
      throws RunException, InterruptedException {
    var own = StartedJob.of(former.id(), configuration);
    if (former.isLocal()) {
      return;
    }
    if (former.isWhereItWasStartedKnown() && !former.equals(own)) {
      throw new RunException(
          ("the job %s of run %d, whose command did not live to stop it, was started on %s, but this"
                  + " run would start on %s, which cannot tell whether it still runs there; begin this"
                  + " run there too, or cancel that job and remove the file job from the run's folder")
              .formatted(former.id(), run, former.place(), own.place()));
    }
    if (own.isLocal()) {
      return;
    }
    if (isRunning(
        former.id(),
        new DefaultClusterClientServiceLoader().getClusterClientFactory(configuration),
        configuration)) {
      throw new RunException(
          ("the job %s of run %d, whose command did not live to stop it, still runs on the cluster;"
                  + " cancel it (flink cancel %s), its last checkpoint is kept")
              .formatted(former.id(), run, former.id()));
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
      throw new NotYetException("the Flink cluster does not say which jobs it runs", silent);
    }
  }
}
