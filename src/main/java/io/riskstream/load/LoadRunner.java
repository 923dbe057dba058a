package io.riskstream.load;

import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentRecord;
import io.riskstream.manifest.SentTopics;
import io.riskstream.model.Coordinates;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a plan on its schedule, whether or not the broker keeps up (open loop), and writes the
 * manifest from the acknowledgements. Every send ends as acknowledged or failed; none is sent
 * twice.
 */
public final class LoadRunner {
  private static final long LONGEST_PARK_NANOS = 50_000_000;

  private final Producer<byte[], byte[]> producer;
  private final SentTopics topics;
  private final ManifestWriter manifestOrNull;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong profiles = new AtomicLong();
  private final AtomicLong documents = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<String> firstFailure = new AtomicReference<>();
  private final AtomicReference<IOException> manifestFailure = new AtomicReference<>();
  private volatile Consumer<PlannedRecord> acknowledgements = record -> {};
  private volatile boolean stopped;

  /**
   * @param producer acknowledged by all replicas and idempotent, see {@link #producer}; the runner
   *     flushes but does not close it
   */
  public LoadRunner(Producer<byte[], byte[]> producer, SentTopics topics, ManifestWriter manifest) {
    this.producer = producer;
    this.topics = topics;
    this.manifestOrNull = manifest;
  }

  /** A runner of events alone. */
  public LoadRunner(Producer<byte[], byte[]> producer, String topic, ManifestWriter manifest) {
    this(producer, SentTopics.eventsOnly(topic), manifest);
  }

  /** A runner of events alone that counts, but writes no manifest. */
  public LoadRunner(Producer<byte[], byte[]> producer, String topic) {
    this(producer, topic, null);
  }

  /** Opens a producer that loses and doubles nothing, with further client properties on top. */
  public static Producer<byte[], byte[]> producer(
      String bootstrapServers, Map<String, String> properties) {
    var settings = new HashMap<String, Object>(properties);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /**
   * Opens a producer that, unlike {@link #producer}, waits for Kafka for ever, so that an outage
   * leaves no hole; only closing it ends the wait.
   */
  public static Producer<byte[], byte[]> patientProducer(
      String bootstrapServers, Map<String, String> properties) {
    var settings = new HashMap<>(properties);
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    settings.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
    return producer(bootstrapServers, settings);
  }

  /**
   * Sends the plan, waits for what is on its way, and finishes the manifest.
   *
   * @throws IOException if the manifest cannot be written
   */
  public LoadResult run(Iterator<PlannedRecord> plan) throws IOException {
    var startNanos = System.nanoTime();
    while (!stopped && manifestFailure.get() == null && plan.hasNext()) {
      var record = plan.next();
      if (!waitUntil(startNanos + record.sendOffsetNanos())) {
        break;
      }
      send(record);
    }
    producer.flush();
    var brokenManifest = manifestFailure.get();
    if (brokenManifest != null) {
      throw brokenManifest;
    }
    if (manifestOrNull != null) {
      manifestOrNull.finish(sent.get(), failed.get());
    }
    return progress();
  }

  /** Tells of each record that was acknowledged, on the producer's thread, once it is counted. */
  public void onAcknowledged(Consumer<PlannedRecord> told) {
    acknowledgements = told;
  }

  /** Lets {@link #run} end soon, in order; may be called by any thread, at any time. */
  public void stop() {
    stopped = true;
  }

  /** Returns the figures so far. */
  public LoadResult progress() {
    var acknowledgedSoFar = acknowledged.get();
    var failedSoFar = failed.get();
    return new LoadResult(
        sent.get(),
        acknowledgedSoFar,
        profiles.get(),
        documents.get(),
        failedSoFar,
        firstFailure.get());
  }

  private boolean waitUntil(long dueNanos) {
    for (var wait = dueNanos - System.nanoTime(); wait > 0; wait = dueNanos - System.nanoTime()) {
      if (stopped || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(wait, LONGEST_PARK_NANOS));
    }
    return true;
  }

  private String topicOf(RecordKind kind) {
    var topic =
        switch (kind.destination()) {
          case EVENTS -> topics.events();
          case PROFILES -> topics.profilesOrNull();
          case CONTROL -> topics.controlOrNull();
        };
    if (topic == null) {
      throw new IllegalArgumentException("the run has no topic for a " + kind.code());
    }
    return topic;
  }

  private void send(PlannedRecord record) {
    sent.incrementAndGet();
    try {
      var unused = // the callback is told instead
          producer.send(
              new ProducerRecord<>(topicOf(record.kind()), record.key(), record.value()),
              (metadata, failure) -> delivered(record, metadata, failure));
    } catch (KafkaException refused) {
      fail(refused);
    }
  }

  private void delivered(PlannedRecord record, RecordMetadata metadata, Exception failure) {
    if (failure != null) {
      fail(failure);
      return;
    }
    try {
      if (manifestOrNull != null) {
        manifestOrNull.record(
            new SentRecord(
                new Coordinates(
                    topicOf(record.kind()),
                    metadata.partition(),
                    metadata.offset(),
                    metadata.timestamp()),
                record.kind().code(),
                record.key(),
                record.value()));
      }
      switch (record.kind().destination()) {
        case EVENTS -> {}
        case PROFILES -> profiles.incrementAndGet();
        case CONTROL -> documents.incrementAndGet();
      }
      // Last, and read first: what is no event is never counted as one.
      acknowledged.incrementAndGet();
      acknowledgements.accept(record);
    } catch (IOException unwritable) {
      manifestFailure.compareAndSet(null, unwritable);
    }
  }

  private void fail(Exception failure) {
    failed.incrementAndGet();
    firstFailure.compareAndSet(null, failure.getMessage());
  }
}
