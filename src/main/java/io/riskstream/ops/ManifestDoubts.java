package io.riskstream.ops;

import io.riskstream.manifest.Manifest;
import java.util.ArrayList;
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
  static List<String> of(Manifest manifest, String eventsTopic) {
    var doubts = new ArrayList<String>();
    if (!manifest.complete()) {
      doubts.add("the manifest has no end: more may have been sent than it says");
    }
    if (manifest.failed() > 0) {
      doubts.add(
          manifest.failed() + " sends were not acknowledged: Kafka may hold them, or may not");
    }
    if (!manifest.topic().equals(eventsTopic)) {
      doubts.add(
          "the manifest is of topic %s, the configuration reads %s"
              .formatted(manifest.topic(), eventsTopic));
    }
    return doubts;
  }

  /**
   * Returns which records the topic holds that the manifest does not: the gate's verdicts depend on
   * all of them.
   *
   * @param ends offset behind the last record, by partition
   */
  static List<String> of(Manifest manifest, Map<Integer, Long> ends) {
    var known = new HashMap<Integer, Long>();
    for (var sent : manifest.records()) {
      known.merge(sent.coordinates().partition(), 1L, Long::sum);
    }
    var doubts = new ArrayList<String>();
    ends.forEach(
        (partition, end) -> {
          long missing = end - known.getOrDefault(partition, 0L);
          if (missing > 0) {
            doubts.add(
                "partition %d of topic %s holds %d records that the manifest does not know"
                    .formatted(partition, manifest.topic(), missing));
          }
        });
    return doubts;
  }
}
