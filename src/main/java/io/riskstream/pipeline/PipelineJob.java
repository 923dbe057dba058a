package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.Lake;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import io.riskstream.source.EventSource;
import io.riskstream.source.control.ControlSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The production job: the graph of {@link RiskPipeline} between Kafka, the lake and Redis. */
public final class PipelineJob {
  private PipelineJob() {}

  /** Defines the job in the environment; executing it is left to the caller. */
  public static void define(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    environment.configure(config.job().flink());
    RiskPipeline.build(environment, config, edges(config));
  }

  static RiskPipeline.Edges edges(RiskstreamConfig config) {
    return new RiskPipeline.Edges(
        EventSource.of(config.kafka(), config.time(), StreamTypes.INTAKE),
        ControlSource.of(config.kafka(), StreamTypes.CONTROL_DOCUMENT),
        Lake.events(config.lake()),
        Lake.ledger(config.lake()),
        new HotStoreSink(config.hotStore(), new ControlTopic(config.kafka())),
        KafkaOutput.sink(config.kafka()));
  }
}
