package io.riskstream.benchmarks.core;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.WindowRow;
import io.riskstream.pipeline.Edges;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.control.ControlRecordSerializer;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.source.EventSource;
import io.riskstream.source.control.ControlSource;
import io.riskstream.source.control.KafkaDocumentHistory;
import io.riskstream.source.profile.ProfileSource;
import io.riskstream.source.reader.ReadTargets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ParameterTool;

/**
 * The job of {@link PipelineJob} as it is, with its source, gate, duplicates, rules, windows and
 * accounts, between other edges: users and tumbling minutes go to one topic, exactly once, and
 * everything else that it finds out is thrown away.
 */
public final class CoreJob {
  private CoreJob() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws Exception {
    var parameters = ParameterTool.fromArgs(args);
    var config = ConfigLoader.load(Path.of(parameters.getRequired("config")), Map.of());
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, config, edges(config, parameters.getRequired("output")));
    environment.execute("riskstream-core");
  }

  private static Edges edges(RiskstreamConfig config, String topic) {
    var kafka = config.kafka();
    return new Edges(
        new Edges.Inputs(
            EventSource.of(config, ReadTargets.NONE, StreamTypes.INTAKE),
            ProfileSource.of(config, ReadTargets.NONE, ProfileIntakeSerializer.TYPE),
            ControlSource.records(kafka, ControlRecordSerializer.TYPE),
            new KafkaDocumentHistory(config)),
        new Edges.LakeSinks(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            CoreJob.<WindowRow>results(config, "windows", new WindowResults(topic)),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        new DiscardingSink<>(),
        CoreJob.<HotUpdate>results(config, "users", new UserResults(topic)),
        new DiscardingSink<>(),
        new DiscardingSink<>(),
        RuleObserverFactory.NONE);
  }

  private static <T> Sink<T> results(
      RiskstreamConfig config, String of, KafkaRecordSerializationSchema<T> schema) {
    var kafka = config.kafka();
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setRecordSerializer(schema)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionalIdPrefix() + "-" + of)
        // The broker's greatest is 15 minutes; the producer's default of an hour is refused.
        .setProperty("transaction.timeout.ms", "900000")
        .build();
  }
}
