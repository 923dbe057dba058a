package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A job that does the beginning of the work and nothing else; its results are counts. */
public final class Ceiling implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.ceilings.CeilingJob";

  /** It is soon through, and so that its progress has more than a few steps. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "execution.checkpointing.interval",
          "200 ms",
          "execution.checkpointing.min-pause",
          "0 ms");

  private final Path jar;
  private final boolean decodes;

  private Ceiling(Path benchmarks, boolean decodes) {
    this.jar = benchmarks.resolve("ceilings/target/job.jar");
    this.decodes = decodes;
  }

  /** Reads the topic. */
  public static Ceiling consume(Path benchmarks) {
    return new Ceiling(benchmarks, false);
  }

  /** Reads the topic and decodes the events. */
  public static Ceiling consumeAndDecode(Path benchmarks) {
    return new Ceiling(benchmarks, true);
  }

  @Override
  public String name() {
    return decodes ? "consume-decode" : "consume";
  }

  @Override
  public Role role() {
    return Role.CEILING;
  }

  @Override
  public String description() {
    return decodes
        ? "a Flink job that reads and decodes, and nothing else"
        : "a Flink job that reads, and nothing else";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    return PlainJob.start(
        assignment,
        SETTINGS,
        jar,
        MAIN,
        List.of("--decode", Boolean.toString(decodes)),
        (rest, job, must) -> judge(must, rest.accumulators(job)));
  }

  private Judgement judge(CommonPart must, Map<String, Long> counted) {
    var right =
        decodes
            ? Map.of("records", must.records(), "valid", must.records())
            : Map.of("records", must.records());
    return counted.equals(right)
        ? Judgement.right(must.records())
        : new Judgement(
            List.of("must have counted %s, has %s".formatted(right, new TreeMap<>(counted))),
            must.records());
  }
}
