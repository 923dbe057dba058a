package io.riskstream.source.reader;

import io.riskstream.config.OnLostOffsets;
import io.riskstream.source.reader.PausedPartitions.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads the partitions of one task: each offset of a partition is handed on once and in order, as a
 * record or within a gap, up to the run's target. Offsets that Kafka has lost stop the job, or
 * become a gap where they were.
 */
final class PartitionReader
    implements SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ReadTargets targets;
  private final boolean tellsTargets;
  private final OnLostOffsets onLostOffsets;
  private final RateLimit rateLimitOrNull;
  private final KafkaSourceReaderMetrics metrics;
  private final boolean inTurns;
  private final PausedPartitions paused;

  /** Partitions that gave records last, which let the others give theirs before they go on. */
  private final List<TopicPartition> hadTheirTurn = new ArrayList<>();

  /** When a partition may go on that rests for its rate limit, by System.nanoTime. */
  private final Map<TopicPartition, Long> restUntilNanos = new HashMap<>();

  /** First offset that was not handed on, of partitions that have not reached their target. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /** Partitions read from wherever they begin, of which nothing was handed on yet. */
  private final Set<TopicPartition> untouched = new HashSet<>();

  /**
   * @param tellsTargets whether a partition that has reached its target says so
   * @param rateLimitOrNull of each partition
   * @param inTurns whether no partition may give records while another one waits for long
   */
  PartitionReader(
      KafkaConsumer<byte[], byte[]> consumer,
      ReadTargets targets,
      boolean tellsTargets,
      OnLostOffsets onLostOffsets,
      RateLimit rateLimitOrNull,
      boolean inTurns,
      KafkaSourceReaderMetrics metrics) {
    this.consumer = consumer;
    this.targets = targets;
    this.tellsTargets = tellsTargets;
    this.onLostOffsets = onLostOffsets;
    this.rateLimitOrNull = rateLimitOrNull;
    this.inTurns = inTurns;
    this.metrics = metrics;
    this.paused = new PausedPartitions(consumer);
    metrics.registerNumBytesIn(consumer);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() {
    var fetched = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
    try {
      var polled = inTurns ? pollInTurns() : consumer.poll(untilNextRestEnds());
      polled.partitions().forEach(partition -> take(partition, polled, fetched));
    } catch (OffsetOutOfRangeException outOfRange) {
      goOverLostOffsets(outOfRange.offsetOutOfRangePartitions(), fetched);
    } catch (WakeupException woken) {
      return new FetchedRecords(fetched, metrics);
    }
    if (targets.exist()) {
      holdAtTargets(fetched);
    }
    metrics.updateNumBytesInCounter();
    return new FetchedRecords(fetched, metrics);
  }

  /**
   * The consumer hands on what it has fetched of a partition to the end before it comes to another,
   * which under a limit of the whole job may take minutes: then the others would look idle. One
   * that is paused keeps its place behind them.
   */
  private ConsumerRecords<byte[], byte[]> pollInTurns() {
    var wait = untilNextRestEnds();
    var polled = ConsumerRecords.<byte[], byte[]>empty();
    if (!hadTheirTurn.isEmpty()) {
      polled = consumer.poll(Duration.ZERO);
      hadTheirTurn.forEach(partition -> paused.resume(partition, Reason.TURN));
      hadTheirTurn.clear();
    }
    if (polled.isEmpty()) {
      polled = consumer.poll(wait);
    }
    if (consumer.assignment().size() > 1) {
      hadTheirTurn.addAll(polled.partitions());
      hadTheirTurn.forEach(partition -> paused.pause(partition, Reason.TURN));
    }
    return polled;
  }

  private void take(
      TopicPartition partition,
      ConsumerRecords<byte[], byte[]> polled,
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched) {
    metrics.maybeAddRecordsLagMetric(consumer, partition);
    var records = before(targets.of(partition.partition()), polled.records(partition));
    if (records.isEmpty()) {
      return;
    }
    fetched.put(partition, records);
    untouched.remove(partition);
    if (targets.exist()) {
      next.put(partition, records.get(records.size() - 1).offset() + 1);
    }
    if (rateLimitOrNull != null) {
      var now = System.nanoTime();
      var restNanos = rateLimitOrNull.take(partition, records.size(), now);
      if (restNanos > 0) {
        restUntilNanos.put(partition, now + restNanos);
        paused.pause(partition, Reason.RATE_LIMIT);
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> before(
      long target, List<ConsumerRecord<byte[], byte[]>> records) {
    var size = records.size();
    while (size > 0 && records.get(size - 1).offset() >= target) {
      size--;
    }
    return size == records.size() ? records : records.subList(0, size);
  }

  /** Lets rested partitions go on, and returns how long a poll may wait for records. */
  private Duration untilNextRestEnds() {
    var longest = LONGEST_POLL.toNanos();
    var now = System.nanoTime();
    for (var resting = restUntilNanos.entrySet().iterator(); resting.hasNext(); ) {
      var rest = resting.next();
      var left = rest.getValue() - now;
      if (left <= 0) {
        resting.remove();
        paused.resume(rest.getKey(), Reason.RATE_LIMIT);
      } else {
        longest = Math.min(longest, left);
      }
    }
    return Duration.ofNanos(longest);
  }

  /**
   * The end of a partition may be control records of transactions, which only the consumer's
   * position tells: a gap takes the split's offset over them, so that it is the target exactly.
   */
  private void holdAtTargets(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched) {
    for (var partition : List.copyOf(next.keySet())) {
      long target = targets.of(partition.partition());
      if (evenIfWoken(() -> consumer.position(partition)) < target) {
        continue;
      }
      long first = next.remove(partition);
      if (first < target) {
        append(fetched, gap(partition, first, target - 1, false));
      }
      if (tellsTargets) {
        append(fetched, new TargetRecord(partition, Math.max(first, target)));
      }
      paused.pause(partition, Reason.AT_TARGET);
    }
  }

  private void goOverLostOffsets(
      Map<TopicPartition, Long> positions,
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched) {
    var starts = evenIfWoken(() -> consumer.beginningOffsets(positions.keySet()));
    var lost = new ArrayList<LostOffsets.Range>();
    positions.forEach(
        (partition, position) -> {
          long start = starts.get(partition);
          if (position >= start) {
            throw LostOffsets.behindTheEnd(partition, position, end(partition));
          }
          if (!untouched.contains(partition)) {
            lost.add(new LostOffsets.Range(partition, position, start - 1));
          }
        });
    if (!lost.isEmpty() && onLostOffsets == OnLostOffsets.FAIL) {
      throw LostOffsets.refusal(lost);
    }
    // The log may lose more before it is read there: then this is done again, from there on.
    starts.forEach(consumer::seek);
    if (targets.exist()) {
      next.putAll(starts);
    }
    for (var range : lost) {
      append(fetched, gap(range.partition(), range.first(), range.last(), true));
    }
  }

  @Override
  public void handleSplitsChanges(SplitsChange<KafkaPartitionSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("splits are only added, not " + change);
    }
    var assigned = new HashSet<>(consumer.assignment());
    change.splits().forEach(split -> assigned.add(split.getTopicPartition()));
    consumer.assign(assigned);
    // All of them first: a question about one would look for the beginnings of the others.
    change.splits().forEach(this::seek);
    change.splits().forEach(split -> aim(split.getTopicPartition()));
  }

  private void seek(KafkaPartitionSplit split) {
    var partition = split.getTopicPartition();
    metrics.registerTopicPartition(partition);
    if (split.getStartingOffset() == KafkaPartitionSplit.EARLIEST_OFFSET) {
      consumer.seekToBeginning(List.of(partition));
      untouched.add(partition);
    } else if (split.getStartingOffset() >= 0) {
      consumer.seek(partition, split.getStartingOffset());
    } else {
      throw new IllegalStateException("no place to start at: " + split);
    }
  }

  private void aim(TopicPartition partition) {
    if (!targets.know(partition.partition())) {
      paused.pause(partition, Reason.AT_TARGET);
    } else if (targets.exist()) {
      long position = evenIfWoken(() -> consumer.position(partition));
      if (position > targets.of(partition.partition()) && position > end(partition)) {
        throw LostOffsets.behindTheEnd(partition, position, end(partition));
      }
      next.put(partition, position);
    }
  }

  @Override
  public void pauseOrResumeSplits(
      Collection<KafkaPartitionSplit> toPause, Collection<KafkaPartitionSplit> toResume) {
    toPause.forEach(split -> paused.pause(split.getTopicPartition(), Reason.ALIGNMENT));
    toResume.forEach(split -> paused.resume(split.getTopicPartition(), Reason.ALIGNMENT));
  }

  /** Shows Kafka how far a completed checkpoint is. */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    consumer.commitAsync(offsets, callback);
  }

  int pausedPartitions() {
    return paused.size();
  }

  @Override
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private long end(TopicPartition partition) {
    return evenIfWoken(() -> consumer.endOffsets(List.of(partition))).get(partition);
  }

  private static GapRecord gap(TopicPartition partition, long first, long last, boolean lost) {
    return new GapRecord(partition, first, last, lost, System.currentTimeMillis());
  }

  private static void append(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> fetched,
      ConsumerRecord<byte[], byte[]> mark) {
    var partition = new TopicPartition(mark.topic(), mark.partition());
    var records = new ArrayList<>(fetched.getOrDefault(partition, List.of()));
    records.add(mark);
    fetched.put(partition, records);
  }

  /**
   * A wake-up is meant for the next poll; one that was too late for the last meets another call.
   */
  private static <T> T evenIfWoken(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (WakeupException woken) {
        Thread.onSpinWait();
      }
    }
  }
}
