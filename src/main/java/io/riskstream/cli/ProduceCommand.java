package io.riskstream.cli;

import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.load.EventsTopic;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.StreamPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code riskstream produce}: sends lines as fast as Kafka takes them, none lost and none doubled:
 * a Kafka that is away is waited for. Says exactly how many it took; in order also on Ctrl-C.
 */
@Command(
    name = "produce",
    description = {
      "Sends the lines of a file, or of standard input, to Kafka: each as it is, keyed by its"
          + " user_id. They are events, or, with --topic user-profiles, profile updates.",
      "A line that is no event is sent too, as the pipeline records why it refuses it."
    },
    sortOptions = false)
final class ProduceCommand implements Callable<Integer> {
  private static final Path STANDARD_INPUT = Path.of("-");
  private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(names = "--bootstrap-servers", required = true, description = "Kafka, host:port,…")
  private String bootstrapServers;

  @Option(
      names = "--topic",
      defaultValue = "events",
      description = "where to; must have message.timestamp.type=LogAppendTime (${DEFAULT-VALUE})")
  private String topic;

  @Option(
      names = "--client-property",
      paramLabel = "KEY=VALUE",
      description = "further property of the Kafka clients, such as security; may be repeated")
  private Map<String, String> clientProperties = new LinkedHashMap<>();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "-",
      description = "NDJSON, one event a line; - is standard input (${DEFAULT-VALUE})")
  private Path input;

  @Override
  public Integer call() throws IOException {
    try (var lines = open()) {
      EventsTopic.check(bootstrapServers, topic, clientProperties);
      return send(lines);
    }
  }

  private InputStream open() throws IOException {
    if (input.equals(STANDARD_INPUT)) {
      return System.in;
    }
    if (!Files.isReadable(input) || Files.isDirectory(input)) {
      throw new IOException(input + " is no file that can be read; - is standard input");
    }
    return Files.newInputStream(input);
  }

  private int send(InputStream lines) {
    var err = spec.commandLine().getErr();
    var plan = new StreamPlan(lines, warning -> print(err, "warning: " + warning));
    String broken = null;
    LoadResult result;
    try (var producer = LoadRunner.patientProducer(bootstrapServers, clientProperties);
        var progress = new Progress(err)) {
      var runner = new LoadRunner(producer, topic);
      StopSignals.onStop(() -> stop(plan, producer));
      progress.start(runner);
      try {
        runner.run(plan);
      } catch (IOException | UncheckedIOException unreadable) {
        broken = unreadable.getMessage();
        producer.flush();
      }
      result = runner.progress();
    }
    return report(result, plan, broken);
  }

  /** What was sent has some time to be acknowledged; an absent Kafka is not waited for then. */
  private static void stop(StreamPlan plan, Producer<byte[], byte[]> producer) {
    plan.stop();
    var giveUp =
        new Thread(
            () -> {
              LockSupport.parkNanos(PATIENCE_WHEN_STOPPED.toNanos());
              producer.close(Duration.ZERO);
            },
            "give-up");
    giveUp.setDaemon(true);
    giveUp.start();
  }

  private int report(LoadResult result, StreamPlan plan, String brokenOrNull) {
    var out = spec.commandLine().getOut();
    if (brokenOrNull != null) {
      out.println("the input broke off: " + brokenOrNull);
    }
    if (result.firstFailure() != null) {
      out.println("first failure: " + result.firstFailure());
    }
    if (plan.withoutKey() > 0) {
      out.printf("%,d lines have no user_id and were sent without a key%n", plan.withoutKey());
    }
    var whole = result.isComplete() && plan.refused() == 0 && brokenOrNull == null;
    var verdict =
        new Verdict(whole ? Verdict.Outcome.PASS : Verdict.Outcome.FAIL)
            .with("sent", result.sent())
            .with("acknowledged", result.acknowledged())
            .with("failed", result.failed())
            .with("refused", plan.refused())
            .with("without_key", plan.withoutKey());
    print(out, verdict.toString());
    return verdict.outcome().exitStatus();
  }

  private static void print(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** Says each second how far a run is. */
  private static final class Progress implements AutoCloseable {
    private final PrintWriter err;
    private final ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });

    Progress(PrintWriter err) {
      this.err = err;
    }

    void start(LoadRunner runner) {
      var unused = // it is cancelled with the clock
          clock.scheduleAtFixedRate(
              () -> {
                var now = runner.progress();
                print(
                    err,
                    "sent %,d  acknowledged %,d  failed %,d"
                        .formatted(now.sent(), now.acknowledged(), now.failed()));
              },
              1,
              1,
              TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
