package io.riskstream.lifecycle.program;

import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.cluster.Wait.Answer;
import io.riskstream.lifecycle.program.Message.Kind;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that has run up to its graph, all its checks passed, and waits in a process of its own
 * to be submitted; the process ends with this one. What is submitted is what was looked at.
 */
public final class PreparedJob implements AutoCloseable {
  private static final int KEPT_LINES = 30;
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.time=ALL-UNNAMED");
  private static final String LOGGING = "log4j2.configurationFile";

  private final JobJar jar;
  private final String jobId;
  private final Wait wait;
  private final ProgramFolder folder;
  private final Process process;
  private final Writer orders;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final Deque<String> printed = new ArrayDeque<>();
  private volatile boolean hasEnded;
  private JobGraphDescription graph;

  private PreparedJob(JobJar jar, String jobId, Wait wait, ProgramFolder folder)
      throws IOException {
    this.jar = jar;
    this.jobId = jobId;
    this.wait = wait;
    this.folder = folder;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    var logging = System.getProperty(LOGGING);
    if (logging != null) {
      command.add("-D" + LOGGING + "=" + logging);
    }
    var classpath = Stream.concat(Stream.of(folder.classes()), jar.flinkJars().stream());
    command.add("-cp");
    command.add(classpath.map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(ProgramMain.class.getName());
    command.add(folder.request().toString());
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    var reader = new Thread(this::read, "program of " + jar.file().getFileName());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Runs the program up to its graph.
   *
   * @param jobId that its job will have
   * @param address of the cluster, host:port
   * @throws LifecycleException if the jar is none of riskstream, the program refuses to start, or
   *     the time limit is over
   */
  public static PreparedJob prepare(
      JobJar jar, ProgramSettings settings, String jobId, String address, Wait wait)
      throws LifecycleException, InterruptedException {
    jar.require();
    PreparedJob prepared;
    try {
      var folder = ProgramFolder.create(request(jar, settings, jobId, address));
      prepared = new PreparedJob(jar, jobId, wait, folder);
    } catch (IOException failed) {
      throw new LifecycleException("no process can be started for the program of the jar", failed);
    }
    try {
      prepared.awaitGraph();
      return prepared;
    } catch (LifecycleException | InterruptedException | RuntimeException failed) {
      prepared.close();
      throw failed;
    }
  }

  private static Properties request(
      JobJar jar, ProgramSettings settings, String jobId, String address) {
    var separator = address.lastIndexOf(':');
    var properties = new Properties();
    properties.setProperty(ProgramMain.JAR, jar.file().toAbsolutePath().toString());
    properties.setProperty(ProgramMain.HOST, address.substring(0, separator));
    properties.setProperty(ProgramMain.PORT, address.substring(separator + 1));
    properties.setProperty(ProgramMain.JOB, jobId);
    properties.setProperty(
        ProgramMain.PARALLELISM, Integer.toString(settings.parallelismOrDefault()));
    settings
        .flink()
        .forEach((key, value) -> properties.setProperty(ProgramMain.FLINK + key, value));
    var number = 0;
    for (var argument : settings.allArguments()) {
      properties.setProperty(ProgramMain.ARGUMENT + "%04d".formatted(number++), argument);
    }
    return properties;
  }

  private void read() {
    try (var in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var message = Message.parse(line);
        if (message.isPresent()) {
          messages.add(message.get());
        } else {
          keep(line);
        }
      }
    } catch (IOException closed) {
      // As at its end.
    }
    hasEnded = true;
  }

  private void keep(String line) {
    synchronized (printed) {
      printed.add(line);
      if (printed.size() > KEPT_LINES) {
        printed.remove();
      }
    }
  }

  private void awaitGraph() throws LifecycleException, InterruptedException {
    var operators = new ArrayList<JobGraphDescription.Operator>();
    var parameters = new HashMap<String, String>();
    var job = Message.of(Kind.JOB, "", "0", "false");
    while (true) {
      var message = next("the program of " + jar.file().getFileName() + " has made its graph");
      var words = message.words();
      switch (message.kind()) {
        case OPERATOR ->
            operators.add(
                new JobGraphDescription.Operator(
                    words.get(0), words.get(1), words.get(2), Integer.parseInt(words.get(3))));
        case PARAMETER -> parameters.put(words.get(0), words.get(1));
        case JOB -> job = message;
        case READY -> {
          graph =
              new JobGraphDescription(
                  job.words().get(0),
                  Integer.parseInt(job.words().get(1)),
                  Boolean.parseBoolean(job.words().get(2)),
                  operators,
                  parameters);
          return;
        }
        case SUBMITTED, FAILED -> throw failed(message);
      }
    }
  }

  /** Returns the next message; a process that ended without one has failed. */
  private Message next(String what) throws LifecycleException, InterruptedException {
    return wait.until(
        what,
        () -> {
          var ended = hasEnded;
          var message = messages.poll();
          if (message != null) {
            return Answer.done(message);
          }
          if (ended) {
            throw new LifecycleException(
                "the program of %s ended without a graph:%n%s".formatted(jar.file(), lines()));
          }
          return Answer.notYet("the program starts and checks what it needs");
        });
  }

  private LifecycleException failed(Message message) {
    return new LifecycleException(
        "the program of %s does not start: %s%n%s"
            .formatted(jar.file(), String.join(" ", message.words()), lines()));
  }

  /** Returns what the program printed last, without the frames of stack traces. */
  private String lines() {
    synchronized (printed) {
      return printed.stream()
          .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
          .map(line -> "  " + line)
          .collect(Collectors.joining("\n"));
    }
  }

  /** Returns the graph that was made. */
  public JobGraphDescription graph() {
    return graph;
  }

  public String jobId() {
    return jobId;
  }

  /**
   * Submits the graph.
   *
   * @param savepointOrNull to start from
   * @throws LifecycleException if the cluster does not take it
   */
  public void submit(String savepointOrNull) throws LifecycleException, InterruptedException {
    try {
      orders.write(savepointOrNull == null ? ProgramMain.WITHOUT_STATE : savepointOrNull);
      orders.write('\n');
      orders.flush();
    } catch (IOException gone) {
      throw new LifecycleException("the process of the program has ended:\n" + lines(), gone);
    }
    var message = next("the cluster has taken the job");
    if (message.kind() != Kind.SUBMITTED) {
      throw new LifecycleException(
          "the cluster does not take the job: " + String.join(" ", message.words()));
    }
  }

  /** Ends the process; what was submitted goes on. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    try {
      folder.delete();
    } catch (IOException undeletable) {
      throw new UncheckedIOException(undeletable);
    }
  }
}
