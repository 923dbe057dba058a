package io.riskstream.risk;

/** What becomes of an event that reached its user's state. */
public enum Verdict {
  /** It counts. */
  ACCEPTED,
  /** An accepted event of the same id says the same: dropped. */
  DUPLICATE,
  /** An accepted event of the same id says something else: a dead letter. */
  CONFLICTING_DUPLICATE,
  /** It came behind the line: kept in the lake, not scored. */
  LATE
}
