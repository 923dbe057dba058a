package io.riskstream.pipeline;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.ControlRow;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.QualityRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.WindowRow;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.sink.seal.Seal;
import io.riskstream.source.Intake;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.source.profile.ProfileIntake;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * What the graph of {@link RiskPipeline} reads and writes.
 *
 * @param hotStore takes users and alerts
 * @param hotWindows takes windows
 * @param observers of what rules say; the breaker is one
 */
public record Edges(
    Inputs in,
    LakeSinks lake,
    Sink<Seal> seals,
    Sink<HotUpdate> hotStore,
    Sink<HotUpdate> hotWindows,
    Sink<OutgoingRecord> kafka,
    RuleObserverFactory observers) {

  /**
   * Three sources, and what the control topic holds when a task starts.
   *
   * @param documents known to a task before its first event
   */
  public record Inputs(
      Source<Intake, ?, ?> events,
      Source<ProfileIntake, ?, ?> profiles,
      Source<ControlRecord, ?, ?> control,
      DocumentHistory documents) {}

  /** A sink for each dataset. */
  public record LakeSinks(
      Sink<UserEvent> events,
      Sink<LedgerRow> ledger,
      Sink<Alert> alerts,
      Sink<ActivityRow> activity,
      Sink<WindowRow> windows,
      Sink<ProfileUpdate> profiles,
      Sink<ControlRow> control,
      Sink<QualityRow> quality,
      Sink<AuditRow> audit) {}
}
