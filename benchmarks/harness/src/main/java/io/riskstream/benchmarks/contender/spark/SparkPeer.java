package io.riskstream.benchmarks.contender.spark;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.PeerJvm;
import io.riskstream.benchmarks.measure.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Events as Parquet and the common part, as three queries of Spark in one JVM. */
public final class SparkPeer implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.spark.SparkApplication";

  /** Some seconds of its work, so that what a batch costs by itself weighs little. */
  private static final long MOST_EACH_BATCH = 200_000;

  /** At least so many batches, so that what one leaves to the next is compared and measured too. */
  private static final long BATCHES = 10;

  private final Path module;

  public SparkPeer(Path benchmarks) {
    module = benchmarks.resolve("spark");
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String description() {
    return "three queries of Spark: events as Parquet exactly once, the common part at least once";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws IOException {
    var settings = assignment.folder().resolve("spark.properties");
    Files.writeString(settings, settings(assignment), StandardCharsets.UTF_8);
    var options = List.of("@" + module.resolve("java.options"), "-Xmx2g");
    var jvm = PeerJvm.start(assignment, module, options, List.of(MAIN, settings.toString()));
    return new Run(assignment, jvm, checkpoints(assignment.folder()));
  }

  private static String settings(Assignment assignment) {
    return """
        bootstrap.servers = %s
        input = %s
        output = %s
        folder = %s
        parallelism = %d
        events.each.batch = %d
        """
        .formatted(
            assignment.broker().bootstrapServers(),
            assignment.input().name(),
            assignment.output(),
            assignment.folder(),
            assignment.parallelism(),
            Math.max(1, Math.min(MOST_EACH_BATCH, assignment.input().records() / BATCHES)));
  }

  private static List<QueryCheckpoint> checkpoints(Path folder) {
    return List.of("events", "users", "windows").stream()
        .map(query -> new QueryCheckpoint(folder.resolve("checkpoints").resolve(query)))
        .toList();
  }

  /** The JVM; its progress is that of the three queries together. */
  private record Run(Assignment assignment, PeerJvm jvm, List<QueryCheckpoint> queries)
      implements ContenderRun {
    @Override
    public Progress progress() throws IOException {
      var offsets = new ArrayList<Map<Integer, Long>>();
      for (var query : queries) {
        offsets.add(query.committed(assignment.input().name()));
      }
      return assignment.progressAt(MeanProgress.of(offsets));
    }

    @Override
    public Set<Long> processes() {
      return jvm.processes();
    }

    @Override
    public OptionalLong stateBytes() throws IOException {
      long bytes = 0;
      for (var query : queries) {
        bytes += query.stateBytes();
      }
      return OptionalLong.of(bytes);
    }

    @Override
    public void requireAlive() throws IOException {
      jvm.requireAlive();
    }

    /** A batch that has ended has written everything. */
    @Override
    public Judgement judge(CommonPart must) throws IOException {
      var differences = new ArrayList<String>();
      WrittenEvents.in(assignment.folder().resolve("events"))
          .differenceFrom(must.records())
          .ifPresent(differences::add);
      try (var results = assignment.results()) {
        var common = must.judge(results.readOn());
        differences.addAll(common.differences());
        return new Judgement(differences, common.compared() + must.records());
      }
    }

    @Override
    public void close() throws IOException {
      jvm.close();
    }
  }
}
