package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.Edges;
import io.riskstream.pipeline.RiskPipeline;
import io.riskstream.pipeline.Verdicts;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.sink.Lake;
import io.riskstream.sink.seal.SealSink;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Computes the lake once more from the events, profiles and documents that a lake has recorded, as
 * a batch: the graph is the stream's, the verdicts and cuts are the recorded ones, and the final
 * rows of {@code events}, {@code ledger}, {@code activity}, {@code aggregated/real-time}, {@code
 * profiles} and the confirmed ones of {@code alerts} are the same. What is for now and for
 * elsewhere, hot store, topics and dead letters, is left out; so are quality and the accounts,
 * which are of Kafka.
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
    var lake = config.lake();
    var edges =
        new Edges(
            new Edges.Inputs(
                RecordedEvents.of(recorded),
                RecordedProfiles.of(recorded),
                new NoRecords<>(),
                new RecordedDocuments(recorded)),
            new Edges.LakeSinks(
                Lake.events(lake),
                Lake.ledger(lake),
                Lake.alerts(lake),
                Lake.activity(lake),
                Lake.windows(lake),
                Lake.profiles(lake),
                new DiscardingSink<>(),
                new DiscardingSink<>(),
                new DiscardingSink<>()),
            new SealSink(lake),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            RuleObserverFactory.NONE);
    RiskPipeline.build(environment, config, edges, Verdicts.RECORDED);
  }
}
