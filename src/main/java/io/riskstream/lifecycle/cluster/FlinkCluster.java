package io.riskstream.lifecycle.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Any Flink cluster, asked by its REST interface. Asks and tells only; waiting is left to the
 * caller.
 */
public final class FlinkCluster {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s:/]+:\\d{1,5}|\\[[0-9a-fA-F:]+\\]:\\d{1,5}");

  /** What REST shows instead of a secret. */
  private static final String HIDDEN = "******";

  private static final JsonNode NONE = MissingNode.getInstance();

  private final String address;
  private final Rest rest;

  private FlinkCluster(String address) {
    this.address = address;
    this.rest = new Rest(address);
  }

  /**
   * Returns the cluster at an address, whether it answers or not.
   *
   * @param address host:port of the JobManager's web interface
   */
  public static FlinkCluster at(String address) throws LifecycleException {
    if (!ADDRESS.matcher(address).matches()) {
      throw new LifecycleException(
          "--jobmanager is %s; give host:port of the JobManager's web interface, such as localhost:8081"
              .formatted(address));
    }
    return new FlinkCluster(address);
  }

  public String address() {
    return address;
  }

  /** Returns an id as Flink has them, for a job or a request to stop. */
  public static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Returns the page of a job for a browser. */
  public String page(String job) {
    return "http://" + address + "/#/job/running/" + job + "/overview";
  }

  /** Returns every job that the cluster remembers. */
  public List<ListedJob> jobs() throws LifecycleException, InterruptedException {
    var listed = rest.get("/jobs/overview").orElseThrow(this::noFlink);
    if (!listed.has("jobs")) {
      throw noFlink();
    }
    var jobs = new ArrayList<ListedJob>();
    for (var job : listed.path("jobs")) {
      jobs.add(
          new ListedJob(
              job.path("jid").asText(),
              job.path("name").asText(),
              JobState.of(job.path("state").asText())));
    }
    return jobs;
  }

  /** Returns the settings of the JobManager, but for those that it hides. */
  public Map<String, String> configuration() throws LifecycleException, InterruptedException {
    var settings = new HashMap<String, String>();
    for (var setting : rest.get("/jobmanager/config").orElseThrow(this::noFlink)) {
      var value = setting.path("value").asText();
      if (!value.equals(HIDDEN)) {
        settings.put(setting.path("key").asText(), value);
      }
    }
    return settings;
  }

  /** Returns the slots of all TaskManagers, also those in use. */
  public int slots() throws LifecycleException, InterruptedException {
    return rest.get("/overview").orElseThrow(this::noFlink).path("slots-total").asInt();
  }

  /** Returns the slots that no job uses. */
  public int freeSlots() throws LifecycleException, InterruptedException {
    return rest.get("/overview").orElseThrow(this::noFlink).path("slots-available").asInt();
  }

  /** Returns how a job is; empty if the cluster does not know it. */
  public Optional<JobReport> report(String job) throws LifecycleException, InterruptedException {
    var details = rest.get("/jobs/" + job);
    return details.isEmpty() ? Optional.empty() : Optional.of(report(job, details.get()));
  }

  private JobReport report(String job, JsonNode details)
      throws LifecycleException, InterruptedException {
    var state = JobState.of(details.path("state").asText());
    // Until it is created the cluster has no answers of it.
    var isCreated = state != JobState.INITIALIZING;
    var checkpoints = isCreated ? orNone(rest.get("/jobs/" + job + "/checkpoints")) : NONE;
    var parameters = new HashMap<String, String>();
    var configuration = isCreated ? orNone(rest.get("/jobs/" + job + "/config")) : NONE;
    configuration
        .path("execution-config")
        .path("user-config")
        .fields()
        .forEachRemaining(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
    var latest = checkpoints.path("latest");
    var tasks = Tasks.of(details.path("vertices"));
    return new JobReport(
        job,
        details.path("name").asText(),
        state,
        details.path("start-time").asLong(),
        details.path("now").asLong(),
        tasks.endMillis(),
        tasks.count(),
        tasks.running(),
        tasks.parallelism(),
        tasks.maxParallelism(),
        isCreated ? restarts(job, details) : 0,
        checkpoints.path("counts").path("completed").asLong(),
        checkpoint(latest.path("completed")),
        checkpoint(latest.path("savepoint")),
        text(latest.path("restored").path("external_path")),
        Map.copyOf(parameters),
        isCreated ? failure(job) : Optional.empty());
  }

  private static JsonNode orNone(Optional<JsonNode> answer) {
    return answer.orElse(NONE);
  }

  /** The metric is exact but refreshed every few seconds only; the time stamp is there at once. */
  private long restarts(String job, JsonNode details)
      throws LifecycleException, InterruptedException {
    var atLeast = details.path("timestamps").path("RESTARTING").asLong() > 0 ? 1L : 0L;
    var metric = rest.get("/jobs/" + job + "/metrics?get=numRestarts");
    var counted = metric.map(values -> values.path(0).path("value").asLong()).orElse(0L);
    return Math.max(atLeast, counted);
  }

  private Optional<String> failure(String job) throws LifecycleException, InterruptedException {
    var answer = rest.get("/jobs/" + job + "/exceptions");
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    var newest = answer.get().path("exceptionHistory").path("entries").path(0);
    return text(newest.path("stacktrace")).map(StackTrace::sentence);
  }

  private static Optional<CheckpointReport> checkpoint(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new CheckpointReport(
            node.path("id").asLong(),
            node.path("latest_ack_timestamp").asLong(),
            node.path("state_size").asLong(),
            Duration.ofMillis(node.path("end_to_end_duration").asLong()),
            node.path("discarded").asBoolean() ? "" : node.path("external_path").asText()));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty()
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  /** Returns the ids of the operators that head a task each; empty if the job is unknown. */
  public Set<String> heads(String job) throws LifecycleException, InterruptedException {
    var heads = new HashSet<String>();
    var details = rest.get("/jobs/" + job);
    if (details.isPresent()) {
      for (var vertex : details.get().path("vertices")) {
        heads.add(vertex.path("id").asText());
      }
    }
    return heads;
  }

  /** Returns the smallest watermark that a running task of the job has reached. */
  public OptionalLong watermark(String job) throws LifecycleException, InterruptedException {
    var least = OptionalLong.empty();
    var details = rest.get("/jobs/" + job);
    if (details.isPresent()) {
      for (var vertex : details.get().path("vertices")) {
        var path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/watermarks";
        for (var one : orNone(rest.get(path))) {
          var millis = one.path("value").asLong(Long.MIN_VALUE);
          if (millis > 0 && (least.isEmpty() || millis < least.getAsLong())) {
            least = OptionalLong.of(millis);
          }
        }
      }
    }
    return least;
  }

  /**
   * Asks for a savepoint behind which the job ends.
   *
   * @param trigger by which {@link #stopOutcome} will know it, of {@link #newId}; asking twice with
   *     one does not stop twice
   * @param folder of savepoints; null for the cluster's own
   */
  public void stop(String job, String trigger, String folder, boolean drain)
      throws LifecycleException, InterruptedException {
    var body = new HashMap<String, Object>();
    body.put("drain", drain);
    body.put("triggerId", trigger);
    if (folder != null) {
      body.put("targetDirectory", folder);
    }
    requireKnown(job, rest.post("/jobs/" + job + "/stop", body));
  }

  /** What has become of a request to stop. */
  public record StopOutcome(boolean isKnown, boolean isDone, String savepoint, String failure) {}

  /** Returns what has become of a request to stop; a JobManager that died does not know of it. */
  public StopOutcome stopOutcome(String job, String trigger)
      throws LifecycleException, InterruptedException {
    var answer = rest.get("/jobs/" + job + "/savepoints/" + trigger);
    if (answer.isEmpty()) {
      return new StopOutcome(false, false, "", "");
    }
    var operation = answer.get().path("operation");
    var cause = text(operation.path("failure-cause").path("stack-trace"));
    return new StopOutcome(
        true,
        answer.get().path("status").path("id").asText().equals("COMPLETED"),
        operation.path("location").asText(""),
        cause.map(StackTrace::sentence).orElse(""));
  }

  /** Asks for the end of a job, without a savepoint. */
  public void cancel(String job) throws LifecycleException, InterruptedException {
    requireKnown(job, rest.patch("/jobs/" + job + "?mode=cancel"));
  }

  /**
   * Returns the job that is meant: by its id or name; without either the only one.
   *
   * @param job id or name; null for the only one that has not ended
   */
  public ListedJob find(String job) throws LifecycleException, InterruptedException {
    return ListedJob.choose(jobs(), job, address);
  }

  private void requireKnown(String job, Optional<JsonNode> answer) throws LifecycleException {
    if (answer.isEmpty()) {
      throw new LifecycleException(
          "the cluster at %s knows no job %s; riskstream status lists them"
              .formatted(address, job));
    }
  }

  private LifecycleException noFlink() {
    return new LifecycleException(
        "what answers at %s is no Flink JobManager; correct --jobmanager (the port of its web interface)"
            .formatted(address));
  }

  /** The tasks of a job, summed up over its vertices. */
  private record Tasks(
      int count, int running, int parallelism, int maxParallelism, long endMillis) {
    static Tasks of(JsonNode vertices) {
      var count = 0;
      var running = 0;
      var parallelism = 0;
      var maxParallelism = 0;
      var end = 0L;
      var hasOpen = false;
      for (var vertex : vertices) {
        var tasks = vertex.path("parallelism").asInt();
        count += tasks;
        running += vertex.path("tasks").path("RUNNING").asInt();
        parallelism = Math.max(parallelism, tasks);
        maxParallelism = Math.max(maxParallelism, vertex.path("maxParallelism").asInt());
        hasOpen |= vertex.path("end-time").asLong() <= 0;
        end = Math.max(end, vertex.path("end-time").asLong());
      }
      return new Tasks(count, running, parallelism, maxParallelism, hasOpen ? 0 : end);
    }
  }
}
