package io.riskstream.source;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;

/** What the source makes of a record: exactly one of an event and a dead letter. */
public sealed interface Intake {
  /** A record that keeps the contract. */
  record Valid(UserEvent event) implements Intake {}

  /** A record that breaks it. */
  record Refused(DeadLetter deadLetter) implements Intake {}
}
