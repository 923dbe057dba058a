package io.riskstream.demo.figures;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group's committed offsets are behind the ends of topics. Committed is what a completed
 * checkpoint holds, so what this calls taken stays taken over a restart of the job.
 */
public final class ConsumerProgress implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 5;

  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, OffsetSpec> ends;

  /** Follows one topic. */
  public ConsumerProgress(String bootstrapServers, String topic, int partitions, String group) {
    this(bootstrapServers, Map.of(topic, partitions), group);
  }

  /**
   * @param topics how many partitions each has
   */
  public ConsumerProgress(String bootstrapServers, Map<String, Integer> topics, String group) {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    this.admin = Admin.create(settings);
    this.group = group;
    this.ends =
        topics.entrySet().stream()
            .flatMap(
                topic ->
                    IntStream.range(0, topic.getValue())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
  }

  /** Returns how many records of the topics the group has not committed. */
  public long lag() throws ExecutionException, InterruptedException, TimeoutException {
    var committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    var latest = admin.listOffsets(ends).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    return latest.entrySet().stream()
        .mapToLong(
            end -> {
              var offset = committed.get(end.getKey());
              return end.getValue().offset() - (offset == null ? 0 : offset.offset());
            })
        .sum();
  }

  @Override
  public void close() {
    admin.close();
  }
}
