package io.riskstream.chaos.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what the events source's tasks have read, by attempt: each start of a task counts for
 * itself, so that what is read again counts again. For one writer, and readers of other threads.
 */
final class SourceReads {
  private static final String SOURCE = "events-source";

  private final FlinkRest rest;
  private final String jobId;
  private final Map<String, Long> ofAttempt = new HashMap<>();

  SourceReads(FlinkRest rest, String jobId) {
    this.rest = rest;
    this.jobId = jobId;
  }

  /** Looks once more. */
  void look() throws IOException, InterruptedException {
    for (var vertex : rest.get("/jobs/" + jobId).path("vertices")) {
      if (vertex.path("name").asText().contains(SOURCE)) {
        lookAt(vertex.path("id").asText());
      }
    }
  }

  private void lookAt(String vertexId) throws IOException, InterruptedException {
    var vertex = rest.get("/jobs/" + jobId + "/vertices/" + vertexId);
    for (var task : vertex.path("subtasks")) {
      // The next JobManager counts attempts from 0 again; two cannot begin at the same time.
      var attempt =
          "%s %d %d %d"
              .formatted(
                  vertexId,
                  task.path("subtask").asInt(),
                  task.path("attempt").asInt(),
                  task.path("start-time").asLong());
      count(attempt, task.path("metrics").path("read-records").asLong());
    }
  }

  /** Takes the count of an attempt, which never becomes less. */
  synchronized void count(String attempt, long records) {
    ofAttempt.merge(attempt, records, Math::max);
  }

  synchronized long sum() {
    return ofAttempt.values().stream().mapToLong(Long::longValue).sum();
  }
}
