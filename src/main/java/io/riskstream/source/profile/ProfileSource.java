package io.riskstream.source.profile;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.config.SourceConfig;
import io.riskstream.source.reader.EventKafkaSource;
import io.riskstream.source.reader.ReadTargets;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The profiles topic as a source. Offsets are kept in checkpoints, so each update takes part in
 * every result exactly once. Without state it is read from its beginning, wherever the events
 * start, as they may need any profile; the limits of the events' source are not its own.
 */
public final class ProfileSource {
  private static final int NO_LIMIT = 0;

  private ProfileSource() {}

  /** Returns the source, which reads up to the targets. */
  public static Source<ProfileIntake, ?, ?> of(
      RiskstreamConfig config, ReadTargets targets, TypeInformation<ProfileIntake> type) {
    var kafka = config.kafka();
    var clientId = kafka.groupId() + "-profiles";
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var deserializer = new ProfileDeserializer(config.time().maxFutureSkew().toMillis(), type);
    var source =
        KafkaSource.<ProfileIntake>builder()
            .setBootstrapServers(kafka.bootstrapServers())
            .setTopics(kafka.profilesTopic())
            .setGroupId(kafka.groupId())
            .setClientIdPrefix(clientId)
            .setStartingOffsets(OffsetsInitializer.earliest())
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
    var unlimited =
        new SourceConfig(
            config.source().startingOffsets(),
            NO_LIMIT,
            NO_LIMIT,
            NO_LIMIT,
            config.source().onLostOffsets());
    return EventKafkaSource.<ProfileIntake>tellingTargets(
        source, deserializer, properties, clientId, unlimited, targets);
  }

  /** Returns how the source's partitions tell event time. */
  public static WatermarkStrategy<ProfileIntake> watermarks(
      RiskstreamConfig config, Source<ProfileIntake, ?, ?> source) {
    var hasTargets = source instanceof EventKafkaSource<?> kafka && kafka.hasTargets();
    return ProfileWatermarks.strategy(
        config.time().watermarkDelay(), config.profiles().idleTimeout(), hasTargets);
  }
}
