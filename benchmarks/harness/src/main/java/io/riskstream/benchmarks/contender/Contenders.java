package io.riskstream.benchmarks.contender;

import io.riskstream.benchmarks.contender.flink.Ceiling;
import io.riskstream.benchmarks.contender.flink.DataStreamPeer;
import io.riskstream.benchmarks.contender.flink.FlinkSqlPeer;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.contender.flink.RiskstreamCore;
import io.riskstream.benchmarks.contender.flink.SinkCeiling;
import io.riskstream.benchmarks.contender.spark.SparkPeer;
import java.nio.file.Path;
import java.util.List;

/** All contenders, in the order in which they are measured. */
public final class Contenders {
  private Contenders() {}

  /**
   * Returns them.
   *
   * @param benchmarks the folder of this project, which is built
   */
  public static List<Contender> all(Path benchmarks) {
    return List.of(
        new Riskstream(),
        new RiskstreamCore(benchmarks),
        DataStreamPeer.commonPart(benchmarks),
        DataStreamPeer.withSlidingWindows(benchmarks),
        new FlinkSqlPeer(benchmarks),
        new KafkaStreamsPeer(benchmarks),
        new SparkPeer(benchmarks),
        SinkCeiling.lake(benchmarks),
        SinkCeiling.redis(benchmarks),
        Ceiling.consumeAndDecode(benchmarks),
        Ceiling.consume(benchmarks));
  }
}
