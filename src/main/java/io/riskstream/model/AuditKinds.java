package io.riskstream.model;

/** The kinds of rows in the audit dataset, as {@link AuditRow} spells them. */
public final class AuditKinds {
  /** One hour of one partition, balanced. */
  public static final String COMPLETENESS = "completeness";

  /** Offsets that Kafka had deleted before they were read. */
  public static final String GAP = "gap";

  /** An attempt of the job has begun. */
  public static final String RUN = "run";

  /** What was read since the checkpoint before. */
  public static final String CHECKPOINT = "checkpoint";

  private AuditKinds() {}
}
