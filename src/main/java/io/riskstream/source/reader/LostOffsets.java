package io.riskstream.source.reader;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;

/** What is said of offsets that the job needs and Kafka does not have. */
final class LostOffsets {
  /** Offsets of a partition that Kafka has deleted, first to last. */
  record Range(TopicPartition partition, long first, long last) {
    @Override
    public String toString() {
      return "%s offsets %d to %d (%d)".formatted(partition, first, last, last - first + 1);
    }
  }

  private LostOffsets() {}

  /** A failure that no restart mends. */
  static SuppressRestartsException refusal(List<Range> ranges) {
    return refusal(
        "Kafka has deleted records that the job has not read: "
            + ranges.stream().map(Range::toString).collect(Collectors.joining(", "))
            + "; they are lost to it. To go on behind them and have the gap recorded, start it again"
            + " from its last checkpoint or savepoint with source.on-lost-offsets=record-gap; and"
            + " give the topic a longer retention (retention.ms, retention.bytes)");
  }

  /** A failure that no restart mends. */
  static SuppressRestartsException behindTheEnd(TopicPartition partition, long needed, long end) {
    return refusal(
        ("the job needs %s from offset %d on, but its log ends at %d: the topic was made anew or cut"
                + " off, so its offsets no longer mean what they meant. Begin anew with another"
                + " kafka.group-id, lake.path and a higher hot-store.epoch, or restore the topic")
            .formatted(partition, needed, end));
  }

  private static SuppressRestartsException refusal(String message) {
    return new SuppressRestartsException(new IllegalStateException(message));
  }
}
