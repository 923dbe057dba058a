package io.riskstream.source;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;

/**
 * What the source hands on: for each record exactly one of an event and a dead letter, and in their
 * place in the partition the ranges of offsets that Kafka will give no record for.
 */
public sealed interface Intake {
  /**
   * A record that keeps the contract.
   *
   * @param unknownFields top-level fields that the contract does not know
   */
  record Valid(UserEvent event, int unknownFields) implements Intake {}

  /** A record that breaks it. */
  record Refused(DeadLetter deadLetter) implements Intake {}

  /**
   * Offsets without a record.
   *
   * @param firstOffset first of them
   * @param lastOffset last of them
   * @param lost whether Kafka has deleted records there that were never read; else they are control
   *     records of transactions, or were compacted away
   * @param noticedMillis when it was noticed, epoch milliseconds
   */
  record Gap(
      String topic,
      int partition,
      long firstOffset,
      long lastOffset,
      boolean lost,
      long noticedMillis)
      implements Intake {}
}
