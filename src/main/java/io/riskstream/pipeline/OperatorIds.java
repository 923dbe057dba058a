package io.riskstream.pipeline;

/**
 * The uid of every operator, by which a savepoint finds its state again. A uid is never changed and
 * never used for anything else.
 */
final class OperatorIds {
  static final String EVENTS_SOURCE = "events-source";
  static final String CONTROL_SOURCE = "control-source";
  static final String GATE = "gate";
  static final String PROFILES_SOURCE = "profiles-source";
  static final String PROFILE_GATE = "profile-gate";
  static final String DOCUMENT_GATE = "document-gate";
  static final String USER_RISK = "user-risk";
  static final String EVENTS_LAKE = "events-lake";
  static final String LEDGER_LAKE = "ledger-lake";
  static final String HOT_STORE = "hot-store";
  static final String ALERT_RECORDS = "alert-records";
  static final String DEAD_LETTER_RECORDS = "dead-letter-records";
  static final String KAFKA_OUTPUT = "kafka-output";
  static final String GATE_TALLY = "gate-tally";
  static final String USER_TALLY = "user-tally";
  static final String COMPLETENESS = "completeness";
  static final String AUDIT_LAKE = "audit-lake";
  static final String SEALS = "seals";
  static final String SEAL_FILES = "seal-files";
  static final String CHECKPOINT_AUDIT = "checkpoint-audit";
  static final String WINDOW_TALLY = "window-tally";
  static final String WINDOWS = "windows";
  static final String WINDOWS_LAKE = "windows-lake";
  static final String HOT_WINDOWS = "hot-windows";
  static final String ACTIVITY_LAKE = "activity-lake";
  static final String ALERTS_LAKE = "alerts-lake";
  static final String PROFILES_LAKE = "profiles-lake";
  static final String CONTROL_LAKE = "control-lake";
  static final String QUALITY_TALLY = "quality-tally";
  static final String QUALITY = "quality";
  static final String QUALITY_LAKE = "quality-lake";
  static final String DELIVERED_ALERTS = "delivered-alerts";

  private OperatorIds() {}
}
