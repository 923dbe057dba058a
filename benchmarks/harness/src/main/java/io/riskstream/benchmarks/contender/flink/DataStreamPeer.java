package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.nio.file.Path;
import java.util.Map;

/** The common part as a plain DataStream job. */
public final class DataStreamPeer implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.datastream.DataStreamJob";

  private final Path jar;

  public DataStreamPeer(Path benchmarks) {
    jar = benchmarks.resolve("datastream/target/job.jar");
  }

  @Override
  public String name() {
    return "datastream";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String description() {
    return "the common part as a plain Flink DataStream job, stock windows and keyed state";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    return PlainJob.startWriting(assignment, Map.of(), jar, MAIN);
  }
}
