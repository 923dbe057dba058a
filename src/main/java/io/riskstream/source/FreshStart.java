package io.riskstream.source;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state starts: at the earliest record, and only if its group has never
 * committed an offset. A group that has, belongs to a job whose state must be restored: going on
 * without it would lose pending events and count others twice. Offsets that Kafka no longer has
 * stop the job instead of being skipped.
 */
final class FreshStart implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final String groupId;

  FreshStart(String groupId) {
    this.groupId = groupId;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
    var committed = retriever.committedOffsets(partitions);
    if (!committed.isEmpty()) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "the job starts without state, but group "
                  + groupId
                  + " has committed offsets, such as "
                  + committed.entrySet().iterator().next()
                  + "; restore its last checkpoint or savepoint (flink run -s PATH, or"
                  + " flink.execution.state-recovery.path), or begin anew with another"
                  + " kafka.group-id, lake.path and a higher hot-store.epoch"));
    }
    return partitions.stream()
        .collect(
            Collectors.toMap(
                partition -> partition, partition -> KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.NONE;
  }
}
