package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.StartingOffsets;
import io.riskstream.source.reader.ReadTargets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where a job without state starts, for each way to say it. */
final class FreshStartTest {
  private static final TopicPartition ZERO = new TopicPartition("events", 0);
  private static final TopicPartition ONE = new TopicPartition("events", 1);
  private static final List<TopicPartition> BOTH = List.of(ZERO, ONE);
  private static final long NOON = 1_767_268_800_000L;

  private final Map<TopicPartition, Long> committed = new HashMap<>();

  @Test
  void startsAtTheEarliestRecordWhereNothingWasCommitted() {
    assertThat(start("earliest"))
        .isEqualTo(
            Map.of(
                ZERO,
                KafkaPartitionSplit.EARLIEST_OFFSET,
                ONE,
                KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  @Test
  void refusesTheEarliestRecordToAGroupThatHasCommitted() {
    committed.put(ONE, 7L);
    assertThatThrownBy(() -> start("earliest"))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("group g has committed offsets, such as events-1=7");
  }

  @Test
  void startsBehindTheLastRecordAndNamesIt() {
    committed.put(ONE, 7L);
    assertThat(start("latest")).isEqualTo(Map.of(ZERO, 100L, ONE, 200L));
  }

  @Test
  void startsWhereTheGroupHasCommittedAndAtTheBeginningOfWhatItNeverTouched() {
    committed.put(ONE, 7L);
    assertThat(start("committed"))
        .isEqualTo(Map.of(ZERO, KafkaPartitionSplit.EARLIEST_OFFSET, ONE, 7L));
  }

  @Test
  void refusesToStartAtCommitsThatAreNotThere() {
    assertThatThrownBy(() -> start("committed"))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("group g has no committed offsets");
  }

  @Test
  void startsAtATimeAndBehindTheLastRecordWhereNoneIsAsNew() {
    assertThat(start("2026-01-01T12:00:00Z")).isEqualTo(Map.of(ZERO, 50L, ONE, 200L));
  }

  @Test
  void startsAtTheOffsetsThatAreNamed() {
    assertThat(start("0:3,1:4")).isEqualTo(Map.of(ZERO, 3L, ONE, 4L));
  }

  @Test
  void refusesOffsetsThatAreNotThoseOfThePartitions() {
    assertThatThrownBy(() -> start("0:3,2:4"))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("without an offset: [1], not of the topic: [2]");
  }

  @Test
  void doesNotStartBehindATarget() {
    var targets = new ReadTargets(Map.of(0, 90L, 1, 210L));
    assertThat(start("latest", targets)).isEqualTo(Map.of(ZERO, 90L, ONE, 200L));
    assertThat(start("2026-01-01T12:00:00Z", new ReadTargets(Map.of(0, 40L, 1, 0L))))
        .isEqualTo(Map.of(ZERO, 40L, ONE, 0L));
  }

  private Map<TopicPartition, Long> start(String option) {
    return start(option, ReadTargets.NONE);
  }

  private Map<TopicPartition, Long> start(String option, ReadTargets targets) {
    return new FreshStart("g", StartingOffsets.parse(option), targets)
        .getPartitionOffsets(BOTH, new Broker());
  }

  /** Ends at 100 and 200; partition 0 has record 50 at noon, partition 1 nothing so new. */
  private final class Broker implements PartitionOffsetsRetriever {
    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      return committed;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      return Map.of(ZERO, 100L, ONE, 200L);
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      return Map.of(ZERO, 0L, ONE, 0L);
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> times) {
      assertThat(times).isEqualTo(Map.of(ZERO, NOON, ONE, NOON));
      return Map.of(ZERO, new OffsetAndTimestamp(50, NOON));
    }
  }
}
