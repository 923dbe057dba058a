package io.riskstream.manifest;

import java.util.Objects;

/**
 * The topics that a load sends to; each record of a manifest is of one of them.
 *
 * @param profilesOrNull topic of the profile updates; null where none are sent
 * @param controlOrNull topic of the documents; null where none are sent
 */
public record SentTopics(String events, String profilesOrNull, String controlOrNull) {
  public SentTopics {
    Objects.requireNonNull(events, "events");
    if (events.equals(profilesOrNull)
        || events.equals(controlOrNull)
        || (profilesOrNull != null && profilesOrNull.equals(controlOrNull))) {
      throw new IllegalArgumentException(
          "events, profiles and documents need topics of their own, not %s, %s, %s"
              .formatted(events, profilesOrNull, controlOrNull));
    }
  }

  /** Topics of a load of nothing but events. */
  public static SentTopics eventsOnly(String events) {
    return new SentTopics(events, null, null);
  }

  /** Returns whether a record of the topic may be sent. */
  public boolean contain(String topic) {
    return topic.equals(events) || topic.equals(profilesOrNull) || topic.equals(controlOrNull);
  }
}
