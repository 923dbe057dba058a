package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The production job: the graph of the pipeline between its real edges. */
public final class PipelineJob {
  private PipelineJob() {}

  /** Defines the job in the environment; executing it is left to the caller. */
  public static void define(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    environment.configure(config.job().flink());
  }
}
