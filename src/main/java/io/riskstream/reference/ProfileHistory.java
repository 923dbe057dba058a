package io.riskstream.reference;

import java.util.Map;
import java.util.TreeMap;

/** Section 6 of the semantics: the updates of one user that are not late, by their timestamps. */
final class ProfileHistory {
  static final ProfileHistory NONE = new ProfileHistory();

  private final TreeMap<Long, Map<String, String>> updates = new TreeMap<>();

  void add(long timestampMillis, Map<String, String> attributes) {
    updates.merge(timestampMillis, attributes, ProfileHistory::greater);
  }

  private static Map<String, String> greater(Map<String, String> one, Map<String, String> other) {
    var order = Accepted.compareUtf8(CanonicalJson.of(one), CanonicalJson.of(other));
    return order >= 0 ? one : other;
  }

  /** Returns the profile at a time, or null. */
  Map<String, String> at(long millis, long maxAgeMillis) {
    var newest = updates.floorEntry(millis);
    return newest == null || newest.getKey() <= millis - maxAgeMillis ? null : newest.getValue();
  }
}
