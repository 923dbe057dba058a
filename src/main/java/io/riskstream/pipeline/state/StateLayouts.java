package io.riskstream.pipeline.state;

import java.util.List;

/**
 * The layout of every stateful operator's state: the one place. A number counts all that the
 * operator keeps, whatever names it keeps it under. What a change of state needs is in
 * CONTRIBUTING.md; a test fails where bytes change and the number does not.
 */
public final class StateLayouts {
  /** Of the operators whose state is in our hands. */
  static final List<StateLayout> OURS =
      List.of(
          new StateLayout(OperatorIds.GATE, 1),
          new StateLayout(OperatorIds.PROFILE_GATE, 1),
          new StateLayout(OperatorIds.DOCUMENT_GATE, 1),
          new StateLayout(OperatorIds.USER_RISK, 3), // as the head of a user begins
          new StateLayout(OperatorIds.WINDOWS, 1),
          new StateLayout(OperatorIds.QUALITY, 1),
          new StateLayout(OperatorIds.COMPLETENESS, 1),
          new StateLayout(OperatorIds.SEALS, 1),
          new StateLayout(OperatorIds.CHECKPOINT_AUDIT, 1),
          new StateLayout(OperatorIds.HOT_STORE, 2, 1),
          new StateLayout(OperatorIds.HOT_WINDOWS, 2, 1),
          new StateLayout(OperatorIds.SEAL_FILES, 1));

  /**
   * Of the operators whose state is Flink's: it carries versions of its own, which Flink reads. A
   * number is raised where another source or sink takes the place of the one that was.
   */
  static final List<StateLayout> FLINKS =
      List.of(
          new StateLayout(OperatorIds.EVENTS_SOURCE, 1),
          new StateLayout(OperatorIds.PROFILES_SOURCE, 1),
          new StateLayout(OperatorIds.CONTROL_SOURCE, 1),
          new StateLayout(OperatorIds.EVENTS_LAKE, 1),
          new StateLayout(OperatorIds.LEDGER_LAKE, 1),
          new StateLayout(OperatorIds.ALERTS_LAKE, 1),
          new StateLayout(OperatorIds.ACTIVITY_LAKE, 1),
          new StateLayout(OperatorIds.WINDOWS_LAKE, 1),
          new StateLayout(OperatorIds.PROFILES_LAKE, 1),
          new StateLayout(OperatorIds.CONTROL_LAKE, 1),
          new StateLayout(OperatorIds.QUALITY_LAKE, 1),
          new StateLayout(OperatorIds.AUDIT_LAKE, 1),
          new StateLayout(OperatorIds.KAFKA_OUTPUT, 1));

  private StateLayouts() {}
}
