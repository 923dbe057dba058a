package io.riskstream.source;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.config.TimeConfig;
import io.riskstream.source.reader.EventKafkaSource;
import io.riskstream.source.reader.ReadTargets;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The events topic as a source. Offsets are kept in checkpoints, so each record takes part in every
 * result exactly once; for a job without state see {@link FreshStart}.
 */
public final class EventSource {
  private EventSource() {}

  /** Returns the source, which reads up to the targets. */
  public static Source<Intake, ?, ?> of(
      RiskstreamConfig config, ReadTargets targets, TypeInformation<Intake> type) {
    var kafka = config.kafka();
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var deserializer =
        new IntakeDeserializer(
            config.time().maxFutureSkew().toMillis(), config.schemaRegistry(), type);
    var start = new FreshStart(kafka.groupId(), config.source().startingOffsets(), targets);
    var source =
        KafkaSource.<Intake>builder()
            .setBootstrapServers(kafka.bootstrapServers())
            .setTopics(kafka.eventsTopic())
            .setGroupId(kafka.groupId())
            .setStartingOffsets(start)
            .setDeserializer(deserializer)
            .setProperties(properties)
            .build();
    properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, kafka.groupId());
    properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    var bytes = ByteArrayDeserializer.class.getName();
    properties.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, bytes);
    return new EventKafkaSource<>(source, deserializer, properties, config.source(), targets);
  }

  /** Returns how the source's partitions tell event time. */
  public static WatermarkStrategy<Intake> watermarks(TimeConfig time, Source<Intake, ?, ?> source) {
    var hasTargets = source instanceof EventKafkaSource<?> kafka && kafka.hasTargets();
    return EventWatermarks.strategy(time, hasTargets);
  }
}
