package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.stage.Stage;
import io.riskstream.chaos.watch.JobFailure;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** The TaskManagers of a stage, and what of the job runs on them. */
final class Workers {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Workers() {}

  /**
   * Returns the living one that runs the most tasks of the job, once all tasks run and a checkpoint
   * has been complete since the youngest was started: before that Flink may still name one that is
   * dead. What a former fault has killed to the last is started again for it.
   *
   * @throws IOException if that does not come about, or nobody knows what runs where
   */
  static ClusterMember busiest(Stage stage) throws IOException, InterruptedException {
    if (alive(stage).isEmpty()) {
      replaceDead(stage);
    }
    var youngestMillis =
        alive(stage).stream()
            .flatMap(member -> member.since().stream())
            .mapToLong(Instant::toEpochMilli)
            .max()
            .orElse(0);
    awaitCheckpoint(stage, youngestMillis);
    var watch = stage.watch();
    var tasks = new HashMap<String, Integer>();
    var job = watch.rest().get("/jobs/" + watch.jobId());
    for (var vertex : job.path("vertices")) {
      var id = vertex.path("id").asText();
      var details = watch.rest().get("/jobs/" + watch.jobId() + "/vertices/" + id);
      for (var subtask : details.path("subtasks")) {
        tasks.merge(subtask.path("taskmanager-id").asText(), 1, Integer::sum);
      }
    }
    return alive(stage).stream()
        .filter(member -> tasks.containsKey(member.name()))
        .max(Comparator.comparing(member -> tasks.get(member.name())))
        .orElseThrow(() -> new IOException("no TaskManager of the cluster runs " + tasks));
  }

  /**
   * Returns once all tasks run and a checkpoint is complete that began after the time.
   *
   * @param afterMillis by the clock, epoch milliseconds
   * @throws IOException if that does not come about
   */
  static void awaitCheckpoint(Stage stage, long afterMillis)
      throws IOException, InterruptedException {
    var watch = stage.watch();
    if (!watch.await(
        sample -> sample.isRunning() && sample.completed().triggeredMillis() > afterMillis,
        PATIENCE)) {
      throw new IOException(
          "the job does not run well (%s), so that no fault can be told by it; its failures: %s"
              .formatted(
                  watch.now(),
                  watch.failuresSince(0).stream().map(JobFailure::firstLine).distinct().toList()));
    }
  }

  /** Returns those that live. */
  static List<ClusterMember> alive(Stage stage) {
    return stage.cluster().taskManagers().stream().filter(ClusterMember::isAlive).toList();
  }

  /** Starts as many as are missing. */
  static void replaceDead(Stage stage) throws IOException {
    for (var missing = stage.settings().taskManagers() - alive(stage).size(); missing > 0; ) {
      stage.cluster().startTaskManager();
      missing--;
    }
  }
}
