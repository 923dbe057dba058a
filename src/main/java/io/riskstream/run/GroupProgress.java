package io.riskstream.run;

import io.riskstream.config.KafkaConfig;
import io.riskstream.run.RunFolders.LeftState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * How far a topic goes, and how far the job's group has committed, which it does for every
 * completed checkpoint. Reads only; each question ends within a bounded time.
 */
final class GroupProgress implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConfig kafka;
  private final String topic;
  private final Admin admin;

  GroupProgress(KafkaConfig kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
    var properties = new HashMap<String, Object>(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    this.admin = Admin.create(properties);
  }

  /** Returns the offset behind the last record that a reader of committed records may read. */
  Map<Integer, Long> ends() throws RunException, InterruptedException {
    return offsets(OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
  }

  /** Returns the partitions that the group has not read up to their targets. */
  List<Integer> behind(Map<Integer, Long> targets) throws RunException, InterruptedException {
    var committed = committed();
    var behind = new ArrayList<Integer>();
    targets.forEach(
        (partition, target) -> {
          if (committed.getOrDefault(partition, 0L) < target) {
            behind.add(partition);
          }
        });
    if (behind.stream().anyMatch(partition -> !committed.containsKey(partition))) {
      // Nothing is committed of a partition that holds nothing, though its end may be any offset.
      var begins = offsets(OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
      behind.removeIf(
          partition ->
              !committed.containsKey(partition)
                  && begins.getOrDefault(partition, 0L) >= targets.get(partition));
    }
    return behind;
  }

  /**
   * Refuses targets that lie before what the group has read.
   *
   * @throws RunException if the topic was made anew or cut off
   */
  void requireNoneAhead(Map<Integer, Long> targets) throws RunException, InterruptedException {
    for (var commit : committed().entrySet()) {
      var end = targets.get(commit.getKey());
      if (end == null || commit.getValue() > end) {
        throw new RunException(
            ("group %s has read partition %d of topic %s up to offset %d, but it ends at %s: the topic"
                    + " was made anew or cut off. Begin anew with another kafka.group-id, lake.path and"
                    + " run.state-path and a higher hot-store.epoch, or restore the topic")
                .formatted(
                    kafka.groupId(),
                    commit.getKey(),
                    topic,
                    commit.getValue(),
                    end == null ? "nothing" : end));
      }
    }
  }

  /**
   * Refuses a state that the group has gone on from elsewhere.
   *
   * @throws RunException if the group has committed more than the run that left the state
   */
  void requireNoneBeyond(LeftState left, String statePath)
      throws RunException, InterruptedException {
    if (left.offsets().isEmpty()) {
      return;
    }
    var offsets = left.offsets().get();
    for (var commit : committed().entrySet()) {
      long offset = offsets.getOrDefault(commit.getKey(), 0L);
      if (commit.getValue() > offset) {
        throw new RunException(
            ("group %s has read partition %d of topic %s up to offset %d, but the state that run %d of"
                    + " %s left is at %d: somebody has gone on from it elsewhere, and this run would"
                    + " write that part twice. Stop that job with a savepoint and move the savepoint"
                    + " to %s/run-%04d/savepoint/, or begin anew with another kafka.group-id,"
                    + " lake.path and run.state-path and a higher hot-store.epoch")
                .formatted(
                    kafka.groupId(),
                    commit.getKey(),
                    topic,
                    commit.getValue(),
                    left.run(),
                    statePath,
                    offset,
                    statePath.replaceAll("/+$", ""),
                    left.run() + 1));
      }
    }
  }

  /** Returns the offset behind the last record that the group has committed. */
  Map<Integer, Long> committed() throws RunException, InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(kafka.groupId())
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(commit -> commit.getKey().topic().equals(topic))
          .filter(commit -> commit.getValue() != null)
          .collect(
              Collectors.toMap(
                  commit -> commit.getKey().partition(), commit -> commit.getValue().offset()));
    } catch (ExecutionException failed) {
      throw unanswered(failed);
    }
  }

  private Map<Integer, Long> offsets(OffsetSpec which, IsolationLevel isolation)
      throws RunException, InterruptedException {
    try {
      var description = admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
      var asked = new HashMap<TopicPartition, OffsetSpec>();
      description
          .partitions()
          .forEach(partition -> asked.put(new TopicPartition(topic, partition.partition()), which));
      var found = new TreeMap<Integer, Long>();
      admin
          .listOffsets(asked, new ListOffsetsOptions(isolation))
          .all()
          .get()
          .forEach((partition, at) -> found.put(partition.partition(), at.offset()));
      return found;
    } catch (ExecutionException failed) {
      throw unanswered(failed);
    }
  }

  private RunException unanswered(ExecutionException failed) {
    var cause = failed.getCause();
    var message =
        "Kafka at %s does not say how far topic %s and group %s are: %s"
            .formatted(kafka.bootstrapServers(), topic, kafka.groupId(), cause.getMessage());
    return cause instanceof RetriableException
        ? new NotYetException(message, cause)
        : new RunException(message, cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
