package io.riskstream.source;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;

/** What the source makes of a record: exactly one of an event and a dead letter. */
public sealed interface Intake {
  /**
   * A record that keeps the contract.
   *
   * @param unknownFields top-level fields that the contract does not know
   */
  record Valid(UserEvent event, int unknownFields) implements Intake {}

  /** A record that breaks it. */
  record Refused(DeadLetter deadLetter) implements Intake {}
}
