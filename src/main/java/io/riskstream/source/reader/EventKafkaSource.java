package io.riskstream.source.reader;

import io.riskstream.config.SourceConfig;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.reader.KafkaRecordEmitter;
import org.apache.flink.connector.kafka.source.reader.KafkaSourceReader;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Flink's Kafka source with a reader of its own: what it keeps in checkpoints is what {@link
 * KafkaSource} keeps, byte for byte, so either goes on from the other's.
 *
 * @param <T> what records become
 */
public final class EventKafkaSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<T> kafka;
  private final KafkaRecordDeserializationSchema<T> deserializer;
  private final Properties consumerProperties;
  private final SourceConfig config;
  private final ReadTargets targets;
  private final String clientIdPrefix;
  private final boolean tellsTargets;

  /**
   * @param kafka finds the partitions and where to start
   * @param deserializer turns {@link GapRecord}s, too, into what they become
   * @param consumerProperties of the consumers that read
   */
  public EventKafkaSource(
      KafkaSource<T> kafka,
      KafkaRecordDeserializationSchema<T> deserializer,
      Properties consumerProperties,
      SourceConfig config,
      ReadTargets targets) {
    this(
        kafka,
        deserializer,
        consumerProperties,
        consumerProperties.getProperty(ConsumerConfig.GROUP_ID_CONFIG),
        config,
        targets,
        false);
  }

  private EventKafkaSource(
      KafkaSource<T> kafka,
      KafkaRecordDeserializationSchema<T> deserializer,
      Properties consumerProperties,
      String clientIdPrefix,
      SourceConfig config,
      ReadTargets targets,
      boolean tellsTargets) {
    this.kafka = kafka;
    this.deserializer = deserializer;
    this.consumerProperties = consumerProperties;
    this.config = config;
    this.targets = targets;
    this.clientIdPrefix = clientIdPrefix;
    this.tellsTargets = tellsTargets;
  }

  /**
   * Returns a source that also says when a partition is at its target.
   *
   * @param deserializer turns {@link TargetRecord}s, too, into what they become
   * @param clientIdPrefix tells its consumers from those of other sources of the group
   */
  public static <T> EventKafkaSource<T> tellingTargets(
      KafkaSource<T> kafka,
      KafkaRecordDeserializationSchema<T> deserializer,
      Properties consumerProperties,
      String clientIdPrefix,
      SourceConfig config,
      ReadTargets targets) {
    return new EventKafkaSource<>(
        kafka, deserializer, consumerProperties, clientIdPrefix, config, targets, true);
  }

  @Override
  public Boundedness getBoundedness() {
    // Also with targets: a bounded source would make everything final when it has reached them.
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  /** Returns whether partitions wait at a target for the next run. */
  public boolean hasTargets() {
    return targets.exist();
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    deserializer.open(new DeserializerContext(context));
    var metrics = new KafkaSourceReaderMetrics(context.metricGroup());
    var current = new AtomicReference<PartitionReader>();
    context
        .metricGroup()
        .gauge(
            "pausedPartitions", () -> current.get() == null ? 0 : current.get().pausedPartitions());
    var fetchers =
        new EventFetchers(
            () -> {
              current.set(partitionReader(context, metrics));
              return current.get();
            });
    var reader =
        new KafkaSourceReader<T>(
            new FutureCompletingBlockingQueue<>(),
            fetchers,
            new KafkaRecordEmitter<>(deserializer),
            new Configuration(),
            context,
            metrics);
    return limited(reader, context.currentParallelism());
  }

  private PartitionReader partitionReader(
      SourceReaderContext context, KafkaSourceReaderMetrics metrics) {
    var properties = new Properties();
    properties.putAll(consumerProperties);
    properties.setProperty(
        ConsumerConfig.CLIENT_ID_CONFIG,
        clientIdPrefix + "-" + context.getIndexOfSubtask());
    var rate = config.partitionRateLimit();
    if (rate > 0 || config.rateLimit() > 0 || config.recordsPerCheckpoint() > 0) {
      properties.setProperty(
          ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
          Integer.toString(recordsOfAPoll(properties, context.currentParallelism())));
    }
    var consumer = new KafkaConsumer<byte[], byte[]>(properties);
    metrics.registerKafkaConsumerMetrics(consumer);
    return new PartitionReader(
        consumer,
        targets,
        tellsTargets,
        config.onLostOffsets(),
        rate > 0 ? new RateLimit(rate) : null,
        config.rateLimit() > 0 || config.recordsPerCheckpoint() > 0,
        metrics);
  }

  /** Small enough that what was read ahead does not hold up the commits, which come after it. */
  private int recordsOfAPoll(Properties properties, int parallelism) {
    var most =
        Integer.parseInt(
            properties.getProperty(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(ConsumerConfig.DEFAULT_MAX_POLL_RECORDS)));
    if (config.partitionRateLimit() > 0) {
      most = RateLimit.recordsOfAPoll(config.partitionRateLimit(), most);
    }
    if (config.rateLimit() > 0) {
      most = RateLimit.recordsOfAPoll(config.rateLimit() / parallelism, most);
    }
    if (config.recordsPerCheckpoint() > 0) {
      most = RateLimit.recordsOfAPoll(config.recordsPerCheckpoint() / parallelism, most);
    }
    return most;
  }

  @SuppressWarnings("unchecked") // Flink's factories forget the type of the split
  private SourceReader<T, KafkaPartitionSplit> limited(
      SourceReader<T, KafkaPartitionSplit> reader, int parallelism) {
    RateLimiterStrategy<KafkaPartitionSplit> strategy;
    if (config.rateLimit() > 0) {
      strategy = RateLimiterStrategy.perSecond(config.rateLimit());
    } else if (config.recordsPerCheckpoint() > 0) {
      // Each task must be allowed one record, or the job could not go on at all.
      strategy =
          RateLimiterStrategy.perCheckpoint(Math.max(config.recordsPerCheckpoint(), parallelism));
    } else {
      return reader;
    }
    return new LimitedReader<>(reader, strategy.createRateLimiter(parallelism));
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  /** Returns the type of what records become. */
  public TypeInformation<T> getProducedType() {
    return kafka.getProducedType();
  }

  /** What a deserializer is told of the task. */
  private record DeserializerContext(SourceReaderContext task)
      implements DeserializationSchema.InitializationContext {
    @Override
    public MetricGroup getMetricGroup() {
      return task.metricGroup().addGroup("deserializer");
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      return task.getUserCodeClassLoader();
    }
  }
}
