package io.riskstream.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink session cluster as an operator starts it: one JobManager and one TaskManager, each a
 * process of its own on Flink's jars alone, with the configuration that we ship. All of it has
 * ended when {@link #close} returns.
 */
final class SessionCluster implements AutoCloseable {
  private static final Path CONFIGURATION = Path.of("flink-conf").toAbsolutePath();
  private static final String HOST = "127.0.0.1";
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final List<Path> flinkJars = BuiltArtifacts.flinkJars();
  private final Map<String, String> overrides = new HashMap<>();
  private final Configuration configuration;
  private final String address;
  private final List<ChildJvm> processes = new ArrayList<>();
  private int commands;

  private SessionCluster(Path folder) throws IOException {
    this.folder = folder;
    var restPort = freePort();
    address = HOST + ":" + restPort;
    overrides.put("jobmanager.rpc.address", HOST);
    overrides.put("jobmanager.rpc.port", Integer.toString(freePort()));
    overrides.put("rest.address", HOST);
    overrides.put("rest.port", Integer.toString(restPort));
    overrides.put("rest.bind-port", Integer.toString(restPort));
    overrides.put("io.tmp.dirs", folder.resolve("tmp").toString());
    configuration =
        GlobalConfiguration.loadConfiguration(
            CONFIGURATION.toString(), Configuration.fromMap(overrides));
  }

  /** Starts the cluster and waits until its slots are there. */
  static SessionCluster start(Path folder) throws IOException {
    var cluster = new SessionCluster(folder);
    try {
      cluster.startProcesses();
      return cluster;
    } catch (IOException | RuntimeException | Error failed) {
      cluster.close();
      throw failed;
    }
  }

  /** Returns the file in which the TaskManager's JVM says what it loads and initializes. */
  Path classLog() {
    return folder.resolve("taskmanager.classes");
  }

  /** Runs a program of the jar, as {@code flink run -d}, and returns the id of its job. */
  String run(Path jar, String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("run", "-d", "-m", address, jar.toString()));
    all.addAll(List.of(arguments));
    var printed = command(all);
    var id = JOB_ID.matcher(printed);
    if (!id.find()) {
      throw new AssertionError("no job was submitted:\n" + printed);
    }
    Await.until("every task of the job runs", () -> isRunning(id.group(1)));
    return id.group(1);
  }

  /** Stops the job as {@code flink stop --drain}: all that it has read is final and committed. */
  void drain(String job) throws IOException, InterruptedException {
    var savepoints = folder.resolve("savepoints").toUri().toString();
    command(List.of("stop", "-m", address, "--drain", "-p", savepoints, job));
    Await.until(
        "the job is finished", () -> get("/jobs/" + job).path("state").asText().equals("FINISHED"));
  }

  /** Ends every process at once. */
  @Override
  public void close() {
    processes.forEach(ChildJvm::close);
  }

  private void startProcesses() throws IOException {
    var jobManager = JobManagerProcessUtils.processSpecFromConfig(configuration);
    start(
        "jobmanager",
        StandaloneSessionClusterEntrypoint.class,
        words(JobManagerProcessUtils.generateJvmParametersStr(jobManager, configuration)),
        words(JobManagerProcessUtils.generateDynamicConfigsStr(jobManager)));
    var taskManager = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    var options = words(ProcessMemoryUtils.generateJvmParametersStr(taskManager));
    options.add("-Xlog:class+load=info,class+init=info:file=" + classLog());
    start(
        "taskmanager",
        TaskManagerRunner.class,
        options,
        words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager)));
    Await.until(
        "the cluster has its slots", () -> get("/overview").path("slots-total").asInt() > 0);
  }

  private void start(String name, Class<?> main, List<String> options, List<String> dynamic)
      throws IOException {
    options.addAll(jvmOptions());
    var arguments = new ArrayList<>(List.of("--configDir", CONFIGURATION.toString()));
    arguments.addAll(dynamic);
    overrides.forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    var output = folder.resolve(name + ".out");
    processes.add(ChildJvm.start(output, Map.of(), options, flinkJars, main.getName(), arguments));
  }

  private String command(List<String> arguments) throws IOException, InterruptedException {
    commands++;
    var output = folder.resolve("client-" + commands + ".out");
    var environment = Map.of("FLINK_CONF_DIR", CONFIGURATION.toString());
    var main = CliFrontend.class.getName();
    try (var client =
        ChildJvm.start(output, environment, jvmOptions(), flinkJars, main, arguments)) {
      return client.awaitSuccess();
    }
  }

  private List<String> jvmOptions() {
    var options = words(configuration.toMap().get("env.java.opts.all"));
    options.add("-XX:TieredStopAtLevel=1"); // the shorter start outweighs it in so short a run
    options.add("-Dlog4j2.configurationFile=" + CONFIGURATION.resolve("log4j2.properties"));
    return options;
  }

  private boolean isRunning(String job) {
    var description = get("/jobs/" + job);
    for (var vertex : description.path("vertices")) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return description.path("state").asText().equals("RUNNING");
  }

  /** Returns what the cluster answers, or nothing while it does not answer. */
  private JsonNode get(String path) {
    processes.stream().filter(process -> !process.isAlive()).findAny().ifPresent(this::failFor);
    try {
      URL url = URI.create("http://" + address + path).toURL();
      return JSON.readTree(url);
    } catch (IOException notYet) {
      return JSON.missingNode();
    }
  }

  private void failFor(ChildJvm ended) {
    try {
      throw new AssertionError("a process of the cluster has ended:\n" + ended.output());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> words(String text) {
    return new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
