package io.riskstream.benchmarks.workload;

import io.riskstream.benchmarks.measure.Progress;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How much of a topic that nobody writes to is behind whoever drains it. */
public final class TopicProgress {
  private final Admin admin;
  private final Map<String, Map<TopicPartition, Long>> begins = new HashMap<>();
  private final Map<String, Map<TopicPartition, Long>> ends = new HashMap<>();

  /**
   * @param admin stays open as long as this is used
   */
  public TopicProgress(Admin admin) {
    this.admin = admin;
  }

  /** Lets progress in a topic count from its present end on. */
  public void beginHere(String topic) throws IOException {
    begins.put(topic, latest(topic));
    ends.remove(topic);
  }

  /** Returns how much of a topic a group has committed. */
  public Progress of(String group, String topic) throws IOException {
    var offsets = new HashMap<Integer, Long>();
    KafkaAnswer.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, committed) -> {
              if (committed != null && partition.topic().equals(topic)) {
                offsets.put(partition.partition(), committed.offset());
              }
            });
    return at(topic, offsets);
  }

  /** Returns how much of a topic lies before such offsets of its partitions. */
  public Progress at(String topic, Map<Integer, Long> offsets) throws IOException {
    long sum = 0;
    double furthest = 0;
    for (var end : ends(topic).entrySet()) {
      var offset = offsets.get(end.getKey().partition());
      if (offset != null) {
        var begin = begins.getOrDefault(topic, Map.of()).getOrDefault(end.getKey(), 0L);
        var drained = Math.max(0, offset - begin);
        sum += drained;
        furthest = Math.max(furthest, (double) drained / (end.getValue() - begin));
      }
    }
    return new Progress(sum, furthest);
  }

  /** They do not change once the topic is filled. */
  private Map<TopicPartition, Long> ends(String topic) throws IOException {
    var known = ends.get(topic);
    if (known == null) {
      known = latest(topic);
      ends.put(topic, known);
    }
    return known;
  }

  private Map<TopicPartition, Long> latest(String topic) throws IOException {
    var described = KafkaAnswer.get(admin.describeTopics(List.of(topic)).allTopicNames());
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition : described.get(topic).partitions()) {
      asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
    }
    var found = new HashMap<TopicPartition, Long>();
    KafkaAnswer.get(admin.listOffsets(asked).all())
        .forEach((partition, end) -> found.put(partition, end.offset()));
    return found;
  }
}
