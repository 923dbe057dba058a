package io.riskstream.source.reader;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one fetch brought, partition by partition, in the order of offsets. No split ever ends. */
final class FetchedRecords implements RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> {
  private final Iterator<Map.Entry<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>>
      partitions;
  private final KafkaSourceReaderMetrics metrics;
  private Iterator<ConsumerRecord<byte[], byte[]>> records;

  /**
   * @param byPartition no list is empty
   */
  FetchedRecords(
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition,
      KafkaSourceReaderMetrics metrics) {
    this.partitions = byPartition.entrySet().iterator();
    this.metrics = metrics;
  }

  @Override
  public String nextSplit() {
    if (!partitions.hasNext()) {
      return null;
    }
    var next = partitions.next();
    var list = next.getValue();
    records = list.iterator();
    metrics.recordCurrentOffset(next.getKey(), list.get(list.size() - 1).offset());
    return KafkaPartitionSplit.toSplitId(next.getKey());
  }

  @Override
  public ConsumerRecord<byte[], byte[]> nextRecordFromSplit() {
    return records.hasNext() ? records.next() : null;
  }

  @Override
  public Set<String> finishedSplits() {
    return Set.of();
  }
}
