package io.riskstream.lifecycle.program;

import io.riskstream.lifecycle.program.Message.Kind;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.PackagedProgramUtils;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;

/**
 * Main class of a process of its own, on Flink's jars: runs a jar's program up to its graph, as a
 * Flink client does, tells what the graph is, and submits exactly that graph when it is told to. It
 * ends with the process that started it.
 */
final class ProgramMain {
  /** Told by the other side instead of a savepoint, for a start without state. */
  static final String WITHOUT_STATE = "-";

  static final String JAR = "jar";
  static final String HOST = "host";
  static final String PORT = "port";
  static final String JOB = "job";
  static final String PARALLELISM = "parallelism";
  static final String ARGUMENT = "argument.";
  static final String FLINK = "flink.";

  private static final int ENDED_BY_PARENT = 3;
  private static final long SUBMISSION_LIMIT_SECONDS = 120;

  private final Properties request;
  private final PrintStream out;
  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  private ProgramMain(Properties request, PrintStream out) {
    this.request = request;
    this.out = out;
  }

  /** Takes the file of the request. */
  public static void main(String[] arguments) throws IOException {
    var request = new Properties();
    try (var in = Files.newBufferedReader(Path.of(arguments[0]))) {
      request.load(in);
    }
    // The process's own, as a program may set other streams.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    new ProgramMain(request, out).run();
  }

  private void run() {
    var listener = new Thread(this::listen, "orders");
    listener.setDaemon(true);
    listener.start();
    var status = 0;
    try (var program = program()) {
      var graph = graph(program);
      tell(program, graph);
      submit(graph, orders.take());
    } catch (Exception failed) {
      status = 1;
      say(Message.of(Kind.FAILED, sentence(failed)));
      failed.printStackTrace();
    }
    out.flush();
    // A program may leave threads behind.
    Runtime.getRuntime().halt(status);
  }

  private void listen() {
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        orders.add(line);
      }
    } catch (IOException closed) {
      // As at its end.
    }
    Runtime.getRuntime().halt(ENDED_BY_PARENT);
  }

  private PackagedProgram program() throws Exception {
    return PackagedProgram.newBuilder()
        .setJarFile(new File(request.getProperty(JAR)))
        .setConfiguration(configuration())
        .setArguments(arguments())
        .build();
  }

  private String[] arguments() {
    return request.stringPropertyNames().stream()
        .filter(key -> key.startsWith(ARGUMENT))
        .sorted()
        .map(request::getProperty)
        .toArray(String[]::new);
  }

  private Configuration configuration() {
    var configuration = new Configuration();
    for (var key : request.stringPropertyNames()) {
      if (key.startsWith(FLINK)) {
        configuration.setString(key.substring(FLINK.length()), request.getProperty(key));
      }
    }
    return configuration;
  }

  private JobGraph graph(PackagedProgram program) throws Exception {
    return PackagedProgramUtils.createJobGraph(
        program,
        configuration(),
        Integer.parseInt(request.getProperty(PARALLELISM)),
        JobID.fromHexString(request.getProperty(JOB)),
        false);
  }

  private void tell(PackagedProgram program, JobGraph graph) throws Exception {
    var settings = graph.getCheckpointingSettings();
    var retention =
        settings == null
            ? CheckpointRetentionPolicy.NEVER_RETAIN_AFTER_TERMINATION
            : settings.getCheckpointCoordinatorConfiguration().getCheckpointRetentionPolicy();
    var parallelism = 1;
    for (var vertex : graph.getVertices()) {
      parallelism = Math.max(parallelism, vertex.getParallelism());
      for (var operator : vertex.getOperatorIDs()) {
        var id = operator.getUserDefinedOperatorID().orElse(operator.getGeneratedOperatorID());
        say(
            Message.of(
                Kind.OPERATOR,
                id.toHexString(),
                orEmpty(operator.getUserDefinedOperatorUid()),
                orEmpty(operator.getUserDefinedOperatorName()),
                Integer.toString(vertex.getMaxParallelism())));
      }
    }
    ExecutionConfig execution =
        graph.getSerializedExecutionConfig().deserializeValue(program.getUserCodeClassLoader());
    execution
        .getGlobalJobParameters()
        .toMap()
        .forEach((key, value) -> say(Message.of(Kind.PARAMETER, key, value)));
    say(
        Message.of(
            Kind.JOB,
            graph.getName(),
            Integer.toString(parallelism),
            Boolean.toString(retention == CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION)));
    say(Message.of(Kind.READY));
  }

  private void submit(JobGraph graph, String savepoint) throws Exception {
    if (!savepoint.equals(WITHOUT_STATE)) {
      // Without a claim, a failed version cannot take the savepoint with it.
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(savepoint, false, RecoveryClaimMode.NO_CLAIM));
    }
    var configuration = configuration();
    configuration.set(RestOptions.ADDRESS, request.getProperty(HOST));
    configuration.set(RestOptions.PORT, Integer.valueOf(request.getProperty(PORT)));
    // Always by the address that was given: another leader than that is not asked for.
    configuration.removeKey("high-availability.type");
    try (var client = new RestClusterClient<>(configuration, StandaloneClusterId.getInstance())) {
      client.submitJob(graph).get(SUBMISSION_LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    say(Message.of(Kind.SUBMITTED));
  }

  private synchronized void say(Message message) {
    out.println(message.line());
    out.flush();
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String sentence(Throwable failure) {
    var innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    var message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
