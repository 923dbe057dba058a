package io.riskstream.pipeline;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.pipeline.gate.ProfileUpdateSerializer;
import io.riskstream.pipeline.type.StreamTypes;
import org.apache.flink.util.OutputTag;

/** The side outputs of the operators. */
final class Outputs {
  /** Records that ended in no other place, from the gate and from the user operator. */
  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", StreamTypes.DEAD_LETTER);

  /** Final score changes, in order of time and id for each user. */
  static final OutputTag<LedgerRow> LEDGER = new OutputTag<>("ledger", StreamTypes.LEDGER_ROW);

  /** Updates of profiles that came to their user, as they were judged there. */
  static final OutputTag<ProfileUpdate> PROFILES =
      new OutputTag<>("profiles", ProfileUpdateSerializer.TYPE);

  /** Every step in the life of an alert, of shadow rules too. */
  static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", StreamTypes.ALERT);

  /**
   * What the hot store is to show: a user after each change, an alert as it is raised. One output
   * for both, since the hot store stays chained to the user operator by it.
   */
  static final OutputTag<HotUpdate> HOT_UPDATES =
      new OutputTag<>("hot-updates", StreamTypes.HOT_UPDATE);

  /** What users did in tumbling windows, as these become final. */
  static final OutputTag<ActivityRow> ACTIVITY_ROWS =
      new OutputTag<>("activity-rows", StreamTypes.ACTIVITY_ROW);

  private Outputs() {}
}
