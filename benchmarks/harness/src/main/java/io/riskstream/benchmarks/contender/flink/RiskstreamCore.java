package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * riskstream's own graph, set to no more than the common part, and its results written as the peers
 * write theirs.
 */
public final class RiskstreamCore implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.core.CoreJob";

  /** Nothing is written to it. */
  private static final URI NO_REDIS = URI.create("redis://127.0.0.1:1");

  private final Path module;

  public RiskstreamCore(Path benchmarks) {
    module = benchmarks.resolve("core");
  }

  @Override
  public String name() {
    return "riskstream-core";
  }

  @Override
  public Role role() {
    return Role.OURS;
  }

  @Override
  public String description() {
    return "riskstream's graph with the common part's results alone: no lake, no Redis, no rules";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    var keys = RiskstreamKeys.of(assignment, NO_REDIS);
    keys.put("windows.live", "1m/1m");
    keys.put("rules.initial", module.resolve("common-part.yaml").toString());
    var file = RiskstreamKeys.prepare(assignment, keys);
    return PlainJob.start(
        assignment,
        Map.of(),
        module.resolve("target/job.jar"),
        MAIN,
        List.of("--config", file.toString(), "--output", assignment.output()),
        PlainJob.rows(assignment, must -> must));
  }
}
