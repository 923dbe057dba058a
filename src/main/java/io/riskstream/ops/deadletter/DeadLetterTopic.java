package io.riskstream.ops.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.config.KafkaConfig;
import io.riskstream.ops.topics.KafkaTopics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The committed dead letters, from the topic's beginning to its end of now. Holds no more of them
 * than were asked for.
 */
public final class DeadLetterTopic {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** By broker time of the refused record, then by where it stands. */
  private static final Comparator<JsonNode> OLDEST_FIRST =
      Comparator.<JsonNode>comparingLong(letter -> letter.path("ingest_time").asLong())
          .thenComparing(letter -> letter.path("topic").asText())
          .thenComparingInt(letter -> letter.path("partition").asInt())
          .thenComparingLong(letter -> letter.path("offset").asLong());

  private final KafkaConfig kafka;

  public DeadLetterTopic(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /**
   * What was found.
   *
   * @param newest the newest letters, oldest first
   * @param countByReason of all that the filter lets, by {@code stage/error}
   * @param unreadable messages that are no JSON object, which no pipeline of ours writes
   */
  public record Listing(List<JsonNode> newest, Map<String, Long> countByReason, long unreadable) {
    public Listing {
      newest = List.copyOf(newest);
    }

    /** Returns how many letters the filter lets. */
    public long total() {
      return countByReason.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Reads the whole topic.
   *
   * @throws IOException if Kafka does not answer
   */
  public Listing list(DeadLetterFilter filter, int limit) throws IOException {
    var newest = new PriorityQueue<>(OLDEST_FIRST);
    var counts = new TreeMap<String, Long>();
    var unreadable =
        read(
            letter -> {
              if (filter.lets(letter)) {
                counts.merge(
                    letter.path("stage").asText() + "/" + letter.path("error").asText(),
                    1L,
                    Long::sum);
                newest.add(letter);
                if (newest.size() > limit) {
                  newest.remove();
                }
              }
            });
    var sorted = new ArrayList<JsonNode>(newest);
    sorted.sort(OLDEST_FIRST);
    return new Listing(sorted, counts, unreadable);
  }

  /**
   * Returns the letter of a refused record.
   *
   * @throws IOException if Kafka does not answer
   */
  public Optional<JsonNode> find(String topic, int partition, long offset) throws IOException {
    var found = new ArrayList<JsonNode>();
    read(
        letter -> {
          if (topic.equals(letter.path("topic").asText())
              && partition == letter.path("partition").asInt(-1)
              && offset == letter.path("offset").asLong(-1)) {
            found.add(letter);
          }
        });
    return found.stream().findFirst();
  }

  private long read(Consumer<JsonNode> letters) throws IOException {
    var unreadable = new long[1];
    try (var topics = KafkaTopics.connect(kafka)) {
      topics.read(
          kafka.deadLettersTopic(),
          record -> parse(record).ifPresentOrElse(letters, () -> unreadable[0]++));
    }
    return unreadable[0];
  }

  private static Optional<JsonNode> parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      var json = record.value() == null ? null : JSON.readTree(record.value());
      return Optional.ofNullable(json).filter(JsonNode::isObject);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
