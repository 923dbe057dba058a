package io.riskstream.reference;

import io.riskstream.model.EventTypes;
import io.riskstream.reference.rules.Timeline;
import java.util.HashMap;
import java.util.Map;

/** What a user's events are judged in: documents, the user's profiles, settings. */
record Surroundings(Timeline timeline, ProfileHistory profiles, ReferenceSettings settings) {
  /**
   * Profile and dimensions at a time.
   *
   * @param profile null where there is none
   */
  record Joined(Map<String, String> profile, Map<String, String> dimensions) {
    Object fact(String name) {
      return switch (name) {
        case "profile" -> profile == null ? Map.of() : profile;
        case "has_profile" -> profile != null;
        case "dimensions" -> dimensions;
        default -> throw new IllegalStateException("no such variable: " + name);
      };
    }
  }

  Joined joinedAt(long millis) {
    var profile = profiles.at(millis, settings.profileMaxAgeMillis());
    return new Joined(profile, timeline.dimensionsAt(millis, profile));
  }

  /** Returns the name under which windows count a type. */
  String countedName(String eventType) {
    return settings.eventTypes().contains(eventType) ? eventType : EventTypes.OTHER;
  }

  /** Makes one copy of equal maps, as very many windows have the same few counts. */
  static final class Copies {
    private static final int KEPT = 100_000;
    private final Map<Map<String, Long>, Map<String, Long>> known = new HashMap<>();

    Map<String, Long> of(Map<String, Long> counts) {
      if (known.size() >= KEPT) {
        known.clear();
      }
      return known.computeIfAbsent(counts, Map::copyOf);
    }
  }
}
