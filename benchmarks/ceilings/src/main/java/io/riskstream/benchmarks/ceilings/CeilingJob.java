package io.riskstream.benchmarks.ceilings;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ParameterTool;

/**
 * Reads the events, with {@code --decode true} decodes them too, counts them and throws them away:
 * the most that a Flink job with Kafka's source can reach. What it counted is in the accumulators
 * {@code records} and {@code valid}.
 */
public final class CeilingJob {
  private CeilingJob() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws Exception {
    var parameters = ParameterTool.fromArgs(args);
    var decode = parameters.getBoolean("decode", false);
    var name = decode ? "consume-decode" : "consume";
    var source =
        KafkaSource.<byte[]>builder()
            .setBootstrapServers(parameters.getRequired("bootstrap-servers"))
            .setTopics(parameters.getRequired("input"))
            .setGroupId(parameters.getRequired("group"))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new BytesSchema())
            .build();
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "events")
        .uid("events")
        .filter(decode ? new DecodingFilter() : new CountingFilter())
        .uid(name)
        .name(name)
        .sinkTo(new DiscardingSink<>())
        .uid("discard")
        .name("discard");
    environment.execute(name);
  }
}
