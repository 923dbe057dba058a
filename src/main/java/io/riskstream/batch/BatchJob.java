package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.RiskPipeline;
import io.riskstream.pipeline.Verdicts;
import io.riskstream.sink.Lake;
import io.riskstream.sink.seal.SealSink;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Computes the lake once more from the events that a lake has recorded, as a batch: the graph is
 * the stream's, the verdicts are the recorded ones, and the {@code events} and {@code ledger} rows
 * are the same. What is for now and for elsewhere, hot store, alerts and dead letters, is left out;
 * so are the accounts, which balance against Kafka.
 */
public final class BatchJob {
  private BatchJob() {}

  /**
   * Defines the job in the environment; executing it is left to the caller.
   *
   * @param config whose lake is written
   * @param recorded the lake that is read
   * @throws IllegalArgumentException if they are not apart, or the written one holds rows
   */
  public static void define(
      StreamExecutionEnvironment environment, RiskstreamConfig config, LakeConfig recorded) {
    TwoLakes.check(recorded.path(), config.lake().path());
    environment.configure(config.job().flink());
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    var edges =
        new RiskPipeline.Edges(
            RecordedEvents.of(recorded),
            new NoRecords<>(),
            Lake.events(config.lake()),
            Lake.ledger(config.lake()),
            new DiscardingSink<>(),
            new SealSink(config.lake()),
            new DiscardingSink<>(),
            new DiscardingSink<>());
    RiskPipeline.build(environment, config, edges, Verdicts.RECORDED);
  }
}
