package io.riskstream.model;

/** What reaches a user's state: an event or an update of the user's profile. */
public sealed interface UserInput permits UserEvent, ProfileUpdate {
  /** Returns whose it is; the key of the one shuffle. */
  String userId();

  /** Returns the event time, epoch milliseconds. */
  long timestampMillis();

  /** Returns where Kafka holds it. */
  Coordinates coordinates();

  /** Returns whether its gate has judged it to lie behind its partition's line. */
  boolean late();
}
