package io.riskstream.pipeline.state;

/**
 * The uid of every operator, by which a savepoint finds its state again. A uid is never changed and
 * never used for anything else.
 */
public final class OperatorIds {
  public static final String EVENTS_SOURCE = "events-source";
  public static final String CONTROL_SOURCE = "control-source";
  public static final String GATE = "gate";
  public static final String PROFILES_SOURCE = "profiles-source";
  public static final String PROFILE_GATE = "profile-gate";
  public static final String DOCUMENT_GATE = "document-gate";
  public static final String USER_RISK = "user-risk";
  public static final String EVENTS_LAKE = "events-lake";
  public static final String LEDGER_LAKE = "ledger-lake";
  public static final String HOT_STORE = "hot-store";
  public static final String ALERT_RECORDS = "alert-records";
  public static final String DEAD_LETTER_RECORDS = "dead-letter-records";
  public static final String KAFKA_OUTPUT = "kafka-output";
  public static final String GATE_TALLY = "gate-tally";
  public static final String USER_TALLY = "user-tally";
  public static final String COMPLETENESS = "completeness";
  public static final String AUDIT_LAKE = "audit-lake";
  public static final String SEALS = "seals";
  public static final String SEAL_FILES = "seal-files";
  public static final String CHECKPOINT_AUDIT = "checkpoint-audit";
  public static final String WINDOW_TALLY = "window-tally";
  public static final String WINDOWS = "windows";
  public static final String WINDOWS_LAKE = "windows-lake";
  public static final String HOT_WINDOWS = "hot-windows";
  public static final String ACTIVITY_LAKE = "activity-lake";
  public static final String ALERTS_LAKE = "alerts-lake";
  public static final String PROFILES_LAKE = "profiles-lake";
  public static final String CONTROL_LAKE = "control-lake";
  public static final String QUALITY_TALLY = "quality-tally";
  public static final String QUALITY = "quality";
  public static final String QUALITY_LAKE = "quality-lake";
  public static final String DELIVERED_ALERTS = "delivered-alerts";

  private OperatorIds() {}
}
