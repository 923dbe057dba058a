package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.Lake;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import io.riskstream.sink.seal.SealSink;
import io.riskstream.source.EventSource;
import io.riskstream.source.control.ControlSource;
import io.riskstream.source.reader.ReadTargets;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The production job: the graph of {@link RiskPipeline} between Kafka, the lake and Redis. */
public final class PipelineJob {
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
    environment.configure(config.job().flink());
    RiskPipeline.build(environment, config, edges(config, targets));
  }

  static RiskPipeline.Edges edges(RiskstreamConfig config) {
    return edges(config, ReadTargets.NONE);
  }

  private static RiskPipeline.Edges edges(RiskstreamConfig config, ReadTargets targets) {
    return new RiskPipeline.Edges(
        EventSource.of(config, targets, StreamTypes.INTAKE),
        ControlSource.of(config.kafka(), StreamTypes.CONTROL_DOCUMENT),
        Lake.events(config.lake()),
        Lake.ledger(config.lake()),
        Lake.audit(config.lake()),
        new SealSink(config.lake()),
        new HotStoreSink(config.hotStore(), new ControlTopic(config.kafka())),
        KafkaOutput.sink(config.kafka()));
  }
}
