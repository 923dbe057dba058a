package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.breaker.BreakerObserver;
import io.riskstream.pipeline.control.ControlRecordSerializer;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.pipeline.metrics.RuleMetrics;
import io.riskstream.pipeline.state.StateDescription;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.Lake;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import io.riskstream.sink.seal.SealSink;
import io.riskstream.source.EventSource;
import io.riskstream.source.control.ControlSource;
import io.riskstream.source.control.KafkaDocumentHistory;
import io.riskstream.source.profile.ProfileSource;
import io.riskstream.source.reader.ReadTargets;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The production job: the graph of {@link RiskPipeline} between Kafka, the lake and Redis. */
public final class PipelineJob {
  /**
   * No task ends before the others. Where Flink reckons with that, it refuses the savepoint of a
   * stop under load: a source's tasks answer a step apart, and the gate has union state.
   */
  private static final Configuration ONE_END =
      Configuration.fromMap(
          Map.of(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH.key(), "false"));

  private PipelineJob() {}

  /** Defines the job in the environment; executing it is left to the caller. */
  public static void define(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    define(environment, config, ReadTargets.NONE, ReadTargets.NONE);
  }

  /**
   * Defines the job so that it reads up to the targets, and then waits there.
   *
   * @param targets of the events
   * @param profileTargets of the profiles
   */
  public static void define(
      StreamExecutionEnvironment environment,
      RiskstreamConfig config,
      ReadTargets targets,
      ReadTargets profileTargets) {
    define(environment, config, edges(config, targets, profileTargets));
  }

  /** Defines the job between other edges. */
  public static void define(
      StreamExecutionEnvironment environment, RiskstreamConfig config, Edges edges) {
    environment.configure(ONE_END);
    environment.configure(config.job().flink());
    StateDescription.ofThisVersion(config.job().maxParallelism()).announce(environment);
    RiskPipeline.build(environment, config, edges);
  }

  static Edges edges(RiskstreamConfig config) {
    return edges(config, ReadTargets.NONE, ReadTargets.NONE);
  }

  private static Edges edges(
      RiskstreamConfig config, ReadTargets targets, ReadTargets profileTargets) {
    var lake = config.lake();
    return new Edges(
        new Edges.Inputs(
            EventSource.of(config, targets, StreamTypes.INTAKE),
            ProfileSource.of(config, profileTargets, ProfileIntakeSerializer.TYPE),
            ControlSource.records(config.kafka(), ControlRecordSerializer.TYPE),
            new KafkaDocumentHistory(config)),
        new Edges.LakeSinks(
            Lake.events(lake),
            Lake.ledger(lake),
            Lake.alerts(lake),
            Lake.activity(lake),
            Lake.windows(lake),
            Lake.profiles(lake),
            Lake.control(lake),
            Lake.quality(lake),
            Lake.audit(lake)),
        new SealSink(lake),
        new HotStoreSink(
            config.hotStore(), new ControlTopic(config.kafka()), config.time().allowedLateness()),
        HotStoreSink.ofWindows(config.hotStore()),
        KafkaOutput.sink(config.kafka()),
        RuleMetrics.before(BreakerObserver.of(config.rules(), new ControlTopic(config.kafka()))));
  }
}
