package io.riskstream.chaos.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what the source tasks of a job have read, over their restarts: a count that is less than
 * before is that of a new task. For one writer, and readers of other threads.
 */
final class SourceReads {
  private static final String SUFFIX = "events-source.numRecordsIn";

  private final FlinkRest rest;
  private final String jobId;
  private final Map<String, Long> ofTask = new HashMap<>();
  private long ofFormerTasks;

  SourceReads(FlinkRest rest, String jobId) {
    this.rest = rest;
    this.jobId = jobId;
  }

  /** Looks once more. */
  void look() throws IOException, InterruptedException {
    for (var vertex : rest.get("/jobs/" + jobId).path("vertices")) {
      if (vertex.path("name").asText().contains("events-source")) {
        lookAt(vertex.path("id").asText());
      }
    }
  }

  private void lookAt(String vertexId) throws IOException, InterruptedException {
    var path = "/jobs/" + jobId + "/vertices/" + vertexId + "/metrics";
    var wanted = new StringBuilder();
    for (var metric : rest.get(path)) {
      var name = metric.path("id").asText();
      if (name.endsWith(SUFFIX)) {
        wanted.append(wanted.length() == 0 ? "?get=" : ",").append(name);
      }
    }
    if (wanted.length() > 0) {
      for (var metric : rest.get(path + wanted)) {
        count(metric.path("id").asText(), metric.path("value").asLong());
      }
    }
  }

  /** Takes the count of a task, as it says it now. */
  synchronized void count(String task, long records) {
    var before = ofTask.put(task, records);
    if (before != null && records < before) {
      ofFormerTasks += before;
    }
  }

  synchronized long sum() {
    return ofFormerTasks + ofTask.values().stream().mapToLong(Long::longValue).sum();
  }
}
