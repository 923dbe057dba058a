/**
 * The graph, in {@link io.riskstream.pipeline.RiskPipeline}, and the thin operators that put the
 * domain on Flink's state and time.
 */
package io.riskstream.pipeline;
