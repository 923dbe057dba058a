package io.riskstream.source.reader;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Stands in a partition for offsets that Kafka gives no record for. It carries the last of them, so
 * that the split's offset moves over all of them exactly when the gap is handed on. No producer can
 * forge one, as it is known by its type.
 */
public final class GapRecord extends ConsumerRecord<byte[], byte[]> {
  private final long firstOffset;
  private final boolean lost;

  GapRecord(
      TopicPartition partition,
      long firstOffset,
      long lastOffset,
      boolean lost,
      long noticedMillis) {
    super(
        partition.topic(),
        partition.partition(),
        lastOffset,
        noticedMillis,
        TimestampType.NO_TIMESTAMP_TYPE,
        NULL_SIZE,
        NULL_SIZE,
        null,
        null,
        new RecordHeaders(),
        Optional.empty());
    this.firstOffset = firstOffset;
    this.lost = lost;
  }

  /** Returns the first offset; the last one is {@link #offset}. */
  public long firstOffset() {
    return firstOffset;
  }

  /** Returns whether Kafka has deleted records there. */
  public boolean isLost() {
    return lost;
  }

  /** Returns when it was noticed, epoch milliseconds. */
  public long noticedMillis() {
    return timestamp();
  }
}
