package io.riskstream.source;

import io.riskstream.config.StartingOffsets;
import io.riskstream.source.reader.ReadTargets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state starts. At the earliest record only if its group has never committed an
 * offset: a group that has, belongs to a job whose state must be restored, as going on without it
 * would lose pending events and count others twice. Any other place is the operator's explicit
 * choice. It is found once, as an offset, so that a restart does not find another one. Offsets that
 * Kafka no longer has stop the job instead of being skipped.
 */
final class FreshStart implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final String groupId;
  private final StartingOffsets start;
  private final ReadTargets targets;

  FreshStart(String groupId, StartingOffsets start, ReadTargets targets) {
    this.groupId = groupId;
    this.start = start;
    this.targets = targets;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    if (start instanceof StartingOffsets.Latest) {
      return beforeTargets(retriever.endOffsets(partitions));
    } else if (start instanceof StartingOffsets.Committed) {
      return committed(partitions, retriever);
    } else if (start instanceof StartingOffsets.At at) {
      return beforeTargets(at(at.timeMillis(), partitions, retriever));
    } else if (start instanceof StartingOffsets.Explicit explicit) {
      return explicit(explicit.offsets(), partitions);
    }
    return earliest(partitions, retriever);
  }

  private Map<TopicPartition, Long> earliest(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    var committed = retriever.committedOffsets(partitions);
    if (!committed.isEmpty()) {
      throw refusal(
          "the job starts without state, but group "
              + groupId
              + " has committed offsets, such as "
              + committed.entrySet().iterator().next()
              + "; restore its last checkpoint or savepoint (riskstream submit --from PATH, flink run -s PATH, or"
              + " flink.execution.state-recovery.path), or begin anew with another"
              + " kafka.group-id, lake.path and a higher hot-store.epoch");
    }
    return all(partitions, KafkaPartitionSplit.EARLIEST_OFFSET);
  }

  private Map<TopicPartition, Long> committed(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    var committed = retriever.committedOffsets(partitions);
    if (committed.isEmpty()) {
      throw refusal(
          "source.starting-offsets is committed, but group "
              + groupId
              + " has no committed offsets; correct kafka.group-id, or choose another start");
    }
    // A job commits nothing of a partition that has never given it a record.
    var offsets = all(partitions, KafkaPartitionSplit.EARLIEST_OFFSET);
    offsets.putAll(committed);
    return offsets;
  }

  private static Map<TopicPartition, Long> at(
      long timeMillis, Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    var offsets = new HashMap<>(retriever.endOffsets(partitions));
    retriever
        .offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> timeMillis)))
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static Map<TopicPartition, Long> explicit(
      Map<Integer, Long> offsets, Collection<TopicPartition> partitions) {
    var missing = new TreeSet<Integer>();
    var unknown = new TreeSet<>(offsets.keySet());
    var found = new HashMap<TopicPartition, Long>();
    for (var partition : partitions) {
      unknown.remove(partition.partition());
      var offset = offsets.get(partition.partition());
      if (offset == null) {
        missing.add(partition.partition());
      } else {
        found.put(partition, offset);
      }
    }
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw refusal(
          "source.starting-offsets must name every partition of the events topic, and no other;"
              + " without an offset: "
              + missing
              + ", not of the topic: "
              + unknown);
    }
    return found;
  }

  /** What is behind a target is left to the next run. */
  private Map<TopicPartition, Long> beforeTargets(Map<TopicPartition, Long> offsets) {
    var capped = new HashMap<>(offsets);
    capped.replaceAll((partition, offset) -> Math.min(offset, targets.of(partition.partition())));
    return capped;
  }

  private static Map<TopicPartition, Long> all(Collection<TopicPartition> partitions, long offset) {
    var offsets = new HashMap<TopicPartition, Long>();
    partitions.forEach(partition -> offsets.put(partition, offset));
    return offsets;
  }

  private static SuppressRestartsException refusal(String message) {
    return new SuppressRestartsException(new IllegalStateException(message));
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
