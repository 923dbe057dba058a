package io.riskstream.ops;

import io.riskstream.config.KafkaConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reasons why a manifest does not say all that the pipeline has read, so that nothing can be
 * concluded from it.
 */
final class ManifestDoubts {
  private ManifestDoubts() {}

  /** Returns what is wrong with the manifest by itself. */
  static List<String> of(Manifest manifest, KafkaConfig kafka) {
    var doubts = new ArrayList<String>();
    if (!manifest.complete()) {
      doubts.add("the manifest has no end: more may have been sent than it says");
    }
    if (manifest.failed() > 0) {
      doubts.add(
          manifest.failed() + " sends were not acknowledged: Kafka may hold them, or may not");
    }
    doubtTopic(doubts, manifest.topic(), kafka.eventsTopic());
    doubtTopic(doubts, manifest.topics().profilesOrNull(), kafka.profilesTopic());
    doubtTopic(doubts, manifest.topics().controlOrNull(), kafka.controlTopic());
    return doubts;
  }

  private static void doubtTopic(List<String> doubts, String sentOrNull, String read) {
    if (sentOrNull != null && !sentOrNull.equals(read)) {
      doubts.add(
          "the manifest is of topic %s, the configuration reads %s".formatted(sentOrNull, read));
    }
  }

  /**
   * Returns which records the topic holds that the manifest does not: the gate's verdicts depend on
   * all of them.
   *
   * @param records what the manifest knows of the topic
   * @param ends offset behind the last record, by partition
   */
  static List<String> of(List<SentRecord> records, String topic, Map<Integer, Long> ends) {
    var known = new HashMap<Integer, Long>();
    for (var sent : records) {
      known.merge(sent.coordinates().partition(), 1L, Long::sum);
    }
    var doubts = new ArrayList<String>();
    ends.forEach(
        (partition, end) -> {
          long missing = end - known.getOrDefault(partition, 0L);
          if (missing > 0) {
            doubts.add(
                "partition %d of topic %s holds %d records that the manifest does not know"
                    .formatted(partition, topic, missing));
          }
        });
    return doubts;
  }

  /** Returns which documents the control topic should hold and does not. */
  static List<String> ofControl(Manifest manifest, List<ControlRecord> control) {
    var held = new HashMap<Long, byte[]>();
    control.forEach(record -> held.put(record.coordinates().offset(), record.value()));
    return manifest.documents().stream()
        .filter(sent -> !Arrays.equals(sent.value(), held.get(sent.coordinates().offset())))
        .map(
            sent ->
                "topic %s does not hold the manifest's document of offset %d"
                    .formatted(sent.coordinates().topic(), sent.coordinates().offset()))
        .toList();
  }
}
