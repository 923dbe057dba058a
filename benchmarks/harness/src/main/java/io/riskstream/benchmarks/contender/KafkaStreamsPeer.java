package io.riskstream.benchmarks.contender;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.measure.DiskUse;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.cluster.process.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The common part on Kafka Streams, exactly-once v2, as one JVM. */
final class KafkaStreamsPeer implements Contender {
  private static final String MAIN =
      "io.riskstream.benchmarks.kafkastreams.KafkaStreamsApplication";

  private final Path module;

  KafkaStreamsPeer(Path benchmarks) {
    module = benchmarks.resolve("kafka-streams");
  }

  @Override
  public String name() {
    return "kafka-streams";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String description() {
    return "the common part on Kafka Streams, exactly-once v2";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws IOException {
    var settings = Files.createDirectories(assignment.folder()).resolve("streams.properties");
    Files.writeString(settings, settings(assignment), StandardCharsets.UTF_8);
    var options = List.of("-Xmx1g");
    var jvm = PeerJvm.start(assignment, module, options, List.of(MAIN, settings.toString()));
    return new Run(assignment, jvm);
  }

  /** Commits come as often as the checkpoints of the Flink jobs. */
  private static String settings(Assignment assignment) {
    return """
        application.id = %s
        bootstrap.servers = %s
        state.dir = %s
        num.stream.threads = %d
        commit.interval.ms = %d
        auto.offset.reset = earliest
        replication.factor = 1
        input = %s
        output = %s
        """
        .formatted(
            assignment.id(),
            assignment.broker().bootstrapServers(),
            assignment.folder().resolve("state"),
            assignment.parallelism(),
            Assignment.COMMIT_INTERVAL.toMillis(),
            assignment.input().name(),
            assignment.output());
  }

  /** The JVM. */
  private record Run(Assignment assignment, PeerJvm jvm) implements ContenderRun {
    private static final Duration RESULTS_LIMIT = Duration.ofSeconds(30);

    @Override
    public Progress progress() throws IOException {
      return assignment.progress();
    }

    @Override
    public Set<Long> processes() {
      return jvm.processes();
    }

    @Override
    public OptionalLong stateBytes() throws IOException {
      return OptionalLong.of(DiskUse.bytes(assignment.folder().resolve("state")));
    }

    @Override
    public void requireAlive() throws IOException {
      jvm.requireAlive();
    }

    /** What was repartitioned is taken after what it was made of, so results are waited for. */
    @Override
    public Judgement judge(CommonPart must) throws IOException {
      try (var results = assignment.results()) {
        var isRight = ProcessMark.await(RESULTS_LIMIT, () -> results.readOn().equals(must.rows()));
        return isRight ? Judgement.right(must.rows().size()) : must.judge(results.readOn());
      }
    }

    @Override
    public void close() throws IOException {
      jvm.close();
    }
  }
}
