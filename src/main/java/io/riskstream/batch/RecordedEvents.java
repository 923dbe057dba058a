package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.Lake;
import io.riskstream.source.Intake;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;

/**
 * The lake's events dataset as a bounded source: each row is the event that it was, with the
 * verdict that was recorded. Files come in no order.
 */
final class RecordedEvents {
  private RecordedEvents() {}

  static Source<Intake, ?, ?> of(LakeConfig lake) {
    return RecordedRows.of(
        lake, Lake.EVENTS, EventRow.class, RecordedEvents::intake, StreamTypes.INTAKE);
  }

  private static Intake intake(EventRow row) {
    var coordinates =
        new Coordinates(
            row.getTopic(),
            row.getPartition(),
            row.getOffset(),
            row.getIngestTime().toEpochMilli());
    var event =
        new UserEvent(
            row.getEventId(),
            row.getUserId(),
            row.getEventType(),
            row.getTimestamp().toEpochMilli(),
            row.getSessionId(),
            row.getValue() == null ? null : Micros.fromDecimal(row.getValue()),
            Map.copyOf(row.getProperties()),
            coordinates,
            row.getLate());
    return new Intake.Valid(event, 0);
  }
}
