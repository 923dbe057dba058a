package io.riskstream.model;

/** The kinds of rows in the audit dataset, as {@link AuditRow} spells them. */
public final class AuditKinds {
  /** One hour of one partition, balanced. */
  public static final String COMPLETENESS = "completeness";

  /** Offsets that Kafka had deleted before they were read. */
  public static final String GAP = "gap";

  private AuditKinds() {}
}
