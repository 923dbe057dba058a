package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.sink.Lake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import redis.clients.jedis.Jedis;

/** riskstream's source and one of its sinks, with nothing between. */
public final class SinkCeiling implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.core.SinkCeilingJob";

  /** Where to. */
  private enum To {
    LAKE,
    REDIS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path jar;
  private final To to;

  private SinkCeiling(Path benchmarks, To to) {
    this.jar = benchmarks.resolve("core/target/job.jar");
    this.to = to;
  }

  /** Writes each event to Parquet. */
  public static SinkCeiling lake(Path benchmarks) {
    return new SinkCeiling(benchmarks, To.LAKE);
  }

  /** Writes each event's user to Redis. */
  public static SinkCeiling redis(Path benchmarks) {
    return new SinkCeiling(benchmarks, To.REDIS);
  }

  @Override
  public String name() {
    return "only-" + to.word();
  }

  @Override
  public Role role() {
    return Role.CEILING;
  }

  @Override
  public String description() {
    return "riskstream's source and its " + to.word() + " sink, and nothing between";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    var redis = EmbeddedRedis.start(0);
    try {
      var file = RiskstreamKeys.prepare(assignment, RiskstreamKeys.of(assignment, redis.uri()));
      var job =
          PlainJob.start(
              assignment,
              Map.of(),
              jar,
              MAIN,
              List.of("--config", file.toString(), "--to", to.word()),
              (rest, id, must) -> judge(assignment, redis.uri(), must));
      return WithRedis.ofItsOwn(job, redis);
    } catch (Exception failed) { // whatever it is, nothing is left running
      redis.close();
      throw failed;
    }
  }

  private Judgement judge(Assignment assignment, URI redis, CommonPart must) throws IOException {
    return switch (to) {
      case LAKE -> counted("rows in the lake", must.records(), rows(assignment.folder()));
      case REDIS -> counted("users in Redis", must.users(), users(redis));
    };
  }

  private static Judgement counted(String what, long right, long found) {
    return found == right
        ? Judgement.right(right)
        : new Judgement(List.of("%s must be %d, are %d".formatted(what, right, found)), right);
  }

  /** Files in progress are hidden. */
  private static long rows(Path folder) throws IOException {
    try (var files = Files.walk(folder.resolve("lake").resolve(Lake.EVENTS))) {
      long rows = 0;
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().startsWith(".")) {
          try (var reader = ParquetFileReader.open(new LocalInputFile(file))) {
            rows += reader.getRecordCount();
          }
        }
      }
      return rows;
    }
  }

  /** The job has ended, so that nobody is kept waiting by it. */
  private static long users(URI redis) {
    try (var jedis = new Jedis(redis)) {
      return jedis.keys("risk:user:*").size();
    }
  }
}
