package io.riskstream.source.control;

import io.riskstream.config.KafkaConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.ControlRecord;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The control topic as a source, from its beginning and then in the checkpoints' offsets, so that
 * each document is obeyed at least once and in its order.
 */
public final class ControlSource {
  private ControlSource() {}

  /** Returns the source that goes on for ever. */
  public static Source<ControlDocument, ?, ?> of(
      KafkaConfig kafka, TypeInformation<ControlDocument> type) {
    return builder(kafka, new ControlDeserializer(type)).build();
  }

  /** Returns the source that ends where the topic ends now, for a run over recorded input. */
  public static Source<ControlDocument, ?, ?> untilNow(
      KafkaConfig kafka, TypeInformation<ControlDocument> type) {
    return builder(kafka, new ControlDeserializer(type)).setBounded(OffsetsInitializer.latest()).build();
  }

  /**
   * Returns a strategy under which the control topic says nothing of event time: it is at the end
   * of time from the start, also over a restore, so that the events alone move the watermark.
   */
  public static <T> WatermarkStrategy<T> watermarks() {
    return WatermarkStrategy.forGenerator(context -> new AtTheEndOfTime<>());
  }

  /**
   * Returns the source of all records, documents or not, for the one gate that judges them. Offsets
   * are kept in checkpoints, so each is judged exactly once.
   */
  public static Source<ControlRecord, ?, ?> records(
      KafkaConfig kafka, TypeInformation<ControlRecord> type) {
    return builder(kafka, new ControlRecordDeserializer(type)).build();
  }

  private static <T> KafkaSourceBuilder<T> builder(
      KafkaConfig kafka, KafkaRecordDeserializationSchema<T> deserializer) {
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.setProperty("commit.offsets.on.checkpoint", "false");
    return KafkaSource.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setTopics(kafka.controlTopic())
        .setGroupId(kafka.groupId())
        .setClientIdPrefix(kafka.groupId() + "-control")
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(deserializer)
        .setProperties(properties);
  }

  /** Never holds the others back. */
  private static final class AtTheEndOfTime<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T document, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
