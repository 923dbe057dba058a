package io.riskstream.source.reader;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Which partitions are not read now, and why: one goes on when its last reason is gone. */
final class PausedPartitions {
  /** Why a partition is not read. */
  enum Reason {
    AT_TARGET,
    RATE_LIMIT,
    /** The others have their turn first; this lasts for one poll and is not counted. */
    TURN,
    /** Flink holds back a split that is ahead of the others. */
    ALIGNMENT
  }

  private static final Set<Reason> FOR_A_TURN = EnumSet.of(Reason.TURN);

  private final Consumer<?, ?> consumer;
  private final Map<TopicPartition, Set<Reason>> reasons = new HashMap<>();
  private volatile int size;

  PausedPartitions(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  void pause(TopicPartition partition, Reason reason) {
    reasons.computeIfAbsent(partition, key -> EnumSet.noneOf(Reason.class)).add(reason);
    count();
    consumer.pause(List.of(partition));
  }

  void resume(TopicPartition partition, Reason reason) {
    var left = reasons.get(partition);
    if (left != null && left.remove(reason) && left.isEmpty()) {
      reasons.remove(partition);
      consumer.resume(List.of(partition));
    }
    count();
  }

  private void count() {
    size = (int) reasons.values().stream().filter(why -> !why.equals(FOR_A_TURN)).count();
  }

  /** Returns how many there are; any thread may ask. */
  int size() {
    return size;
  }
}
