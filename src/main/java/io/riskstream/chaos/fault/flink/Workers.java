package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

/** The TaskManagers of a stage, and what of the job runs on them. */
final class Workers {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Workers() {}

  /**
   * Returns the living one that runs the most tasks of the job, once all tasks run.
   *
   * @throws IOException if they do not come to run, or nobody knows where
   */
  static ClusterMember busiest(Stage stage) throws IOException, InterruptedException {
    var watch = stage.watch();
    if (!watch.await(sample -> sample.isRunning(), PATIENCE)) {
      throw new IOException(
          "the job does not run (%s), so that no fault can hit it: %s"
              .formatted(watch.now().state(), watch.failuresSince(0)));
    }
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
        .max((a, b) -> tasks.getOrDefault(a.name(), 0) - tasks.getOrDefault(b.name(), 0))
        .filter(member -> tasks.containsKey(member.name()))
        .orElseThrow(() -> new IOException("no TaskManager of the cluster runs " + tasks));
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
