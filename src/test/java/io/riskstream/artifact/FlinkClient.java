package io.riskstream.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;

/** Flink's own command line, as an operator types it, and what the cluster says of a job. */
final class FlinkClient {
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCluster cluster;
  private int commands;

  FlinkClient(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Runs a program of the jar, as {@code flink run -d}, and returns the id of its job. */
  String run(Path jar, String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("run", "-d", "-m", cluster.restAddress(), jar.toString()));
    all.addAll(List.of(arguments));
    var printed = command(all);
    var id = JOB_ID.matcher(printed);
    if (!id.find()) {
      throw new AssertionError("no job was submitted:\n" + printed);
    }
    var job = id.group(1);
    Await.until("every task of the job runs", () -> found(job), () -> isRunning(job));
    return job;
  }

  /** Stops the job as {@code flink stop --drain}: all that it has read is final and committed. */
  void drain(String job) throws IOException, InterruptedException {
    var savepoints = cluster.folder().resolve("savepoints").toUri().toString();
    command(List.of("stop", "-m", cluster.restAddress(), "--drain", "-p", savepoints, job));
    Await.until(
        "the job is finished", () -> get("/jobs/" + job).path("state").asText().equals("FINISHED"));
  }

  /** Returns once a checkpoint has completed since the JobManager was started. */
  void awaitCheckpoint(String job) {
    Await.until("a checkpoint has completed", () -> checkpoints(job, "completed") > 0);
  }

  /** Returns once a JobManager that was started again runs the job from a checkpoint. */
  void awaitGoesOn(String job) {
    Await.until(
        "the job runs again from a checkpoint",
        () -> found(job),
        () -> checkpoints(job, "restored") > 0 && isRunning(job));
  }

  private String command(List<String> arguments) throws IOException, InterruptedException {
    commands++;
    var output = cluster.folder().resolve("client-" + commands + ".out");
    var configuration = cluster.configurationFolder();
    var options =
        List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=" + configuration.resolve("log4j2.properties"));
    var environment = Map.of("FLINK_CONF_DIR", configuration.toString());
    var main = CliFrontend.class.getName();
    try (var client =
        ChildJvm.start(output, environment, options, FlinkJars.find(), main, arguments)) {
      return client.awaitSuccess();
    }
  }

  private int checkpoints(String job, String kind) {
    return get("/jobs/" + job + "/checkpoints").path("counts").path(kind).asInt();
  }

  private String found(String job) {
    return cluster.status() + ", tasks " + tasks(get("/jobs/" + job));
  }

  private boolean isRunning(String job) {
    var description = get("/jobs/" + job);
    return description.path("state").asText().equals("RUNNING")
        && tasks(description).stream().allMatch("RUNNING"::equals);
  }

  /** Returns the states of a job's tasks, from its description. */
  private static List<String> tasks(JsonNode job) {
    return job.path("vertices").findValuesAsText("status");
  }

  /** Returns what the cluster answers, or nothing while it does not answer. */
  private JsonNode get(String path) {
    try {
      return JSON.readTree(URI.create("http://" + cluster.restAddress() + path).toURL());
    } catch (IOException notYet) {
      return JSON.missingNode();
    }
  }
}
