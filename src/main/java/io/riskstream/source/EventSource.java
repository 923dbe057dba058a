package io.riskstream.source;

import io.riskstream.config.KafkaConfig;
import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.config.TimeConfig;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The events topic as a source. Offsets are kept in checkpoints, so each record takes part in every
 * result exactly once; a job without state starts at the earliest record, see {@link FreshStart}.
 */
public final class EventSource {
  private EventSource() {}

  public static Source<Intake, ?, ?> of(
      KafkaConfig kafka,
      SchemaRegistryConfig registry,
      TimeConfig time,
      TypeInformation<Intake> type) {
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return KafkaSource.<Intake>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setTopics(kafka.eventsTopic())
        .setGroupId(kafka.groupId())
        .setStartingOffsets(new FreshStart(kafka.groupId()))
        .setDeserializer(new IntakeDeserializer(time.maxFutureSkew().toMillis(), registry, type))
        .setProperties(properties)
        .build();
  }

  /** Returns how the source's partitions tell event time. */
  public static WatermarkStrategy<Intake> watermarks(TimeConfig time) {
    return EventWatermarks.strategy(time);
  }
}
