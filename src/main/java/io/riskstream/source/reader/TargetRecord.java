package io.riskstream.source.reader;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Stands behind the last record of a partition that this run reads, also where there is none. It
 * carries the offset before the target, so that the split's offset is the target exactly.
 */
public final class TargetRecord extends ConsumerRecord<byte[], byte[]> {
  TargetRecord(TopicPartition partition, long target) {
    super(partition.topic(), partition.partition(), target - 1, null, null);
  }
}
