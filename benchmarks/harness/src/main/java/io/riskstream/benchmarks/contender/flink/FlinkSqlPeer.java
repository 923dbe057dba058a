package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The common part in Flink SQL. */
public final class FlinkSqlPeer implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.flinksql.FlinkSqlJob";

  /** The planner, not the program, names operators; Flink's default, which ours turns off. */
  private static final Map<String, String> SETTINGS = Map.of("pipeline.auto-generate-uids", "true");

  private final Path jar;

  public FlinkSqlPeer(Path benchmarks) {
    jar = benchmarks.resolve("flink-sql/target/job.jar");
  }

  @Override
  public String name() {
    return "flink-sql";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String description() {
    return "the common part in Flink SQL, with mini-batches and an aggregate function of its own";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    return PlainJob.start(
        assignment,
        SETTINGS,
        jar,
        MAIN,
        List.of("--output", assignment.output()),
        PlainJob.rows(assignment, must -> must));
  }
}
