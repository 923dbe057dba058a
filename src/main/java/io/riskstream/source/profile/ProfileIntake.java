package io.riskstream.source.profile;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.source.Intake;

/**
 * What the profiles source hands on: for each record exactly one of an update and a dead letter,
 * and in their place in the partition what Kafka will give no record for.
 */
public sealed interface ProfileIntake {
  /**
   * A record that keeps the contract.
   *
   * @param unknownFields top-level fields that the contract does not know
   */
  record Valid(ProfileUpdate update, int unknownFields) implements ProfileIntake {}

  /** A record that breaks it. */
  record Refused(DeadLetter deadLetter) implements ProfileIntake {}

  /** Offsets without a record. */
  record Missing(Intake.Gap gap) implements ProfileIntake {}

  /** The partition has been read as far as this run reads; the next run goes on behind it. */
  record AtTarget() implements ProfileIntake {}
}
