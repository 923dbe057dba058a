package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The common part as a plain DataStream job; also with the sliding windows that riskstream has. */
public final class DataStreamPeer implements Contender {
  private static final String MAIN = "io.riskstream.benchmarks.datastream.DataStreamJob";

  private final Path jar;
  private final boolean slides;

  private DataStreamPeer(Path benchmarks, boolean slides) {
    this.jar = benchmarks.resolve("datastream/target/job.jar");
    this.slides = slides;
  }

  /** Does the common part. */
  public static DataStreamPeer commonPart(Path benchmarks) {
    return new DataStreamPeer(benchmarks, false);
  }

  /** Does the common part and stock sliding windows with exact distinct users. */
  public static DataStreamPeer withSlidingWindows(Path benchmarks) {
    return new DataStreamPeer(benchmarks, true);
  }

  @Override
  public String name() {
    return slides ? "datastream-windows" : "datastream";
  }

  @Override
  public Role role() {
    return Role.PEER;
  }

  @Override
  public String description() {
    return slides
        ? "a plain Flink DataStream job with the common part and stock sliding windows"
        : "the common part as a plain Flink DataStream job, stock windows and keyed state";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    return PlainJob.start(
        assignment,
        Map.of(),
        jar,
        MAIN,
        List.of("--output", assignment.output(), "--sliding", Boolean.toString(slides)),
        PlainJob.rows(assignment, must -> slides ? must.withSlidingWindows() : must));
  }
}
