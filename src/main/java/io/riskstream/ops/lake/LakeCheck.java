package io.riskstream.ops.lake;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.check.RecordPosition;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Holds the datasets events and ledger against the reference model, row by row, folder included.
 */
public final class LakeCheck {
  /** Identity of a ledger row; the time is there because an id may come again much later. */
  private record LedgerKey(String userId, String eventId, long timestampMillis) {
    @Override
    public String toString() {
      return "user "
          + userId
          + " event "
          + eventId
          + " at "
          + Instant.ofEpochMilli(timestampMillis);
    }
  }

  private LakeCheck() {}

  public static Findings events(String lakePath, List<Expected.Event> expected) throws IOException {
    var findings = new Findings("lake events");
    var rows =
        new ExactSet<RecordPosition, Expected.Event, Filed<EventRow>>(
            findings,
            (event, found) -> {
              var row = event.toRow();
              return found.differences(row, LakeFolders.of(row));
            });
    for (var event : expected) {
      var sent = event.sent().coordinates();
      rows.expect(new RecordPosition(sent.topic(), sent.partition(), sent.offset()), event);
    }
    new LakeDataset<>(lakePath, "events", new EventRow(), findings)
        .read(
            (row, folder, where) ->
                rows.found(
                    new RecordPosition(row.getTopic(), row.getPartition(), row.getOffset()),
                    new Filed<>(row, folder),
                    where));
    rows.finish(always -> true);
    return findings;
  }

  /** Returns those of the records that the lake holds as accepted. */
  public static List<SentRecord> acceptedOf(String lakePath, List<List<SentRecord>> undecided)
      throws IOException {
    var candidates = new HashMap<RecordPosition, SentRecord>();
    for (var records : undecided) {
      for (var sent : records) {
        var at = sent.coordinates();
        candidates.put(new RecordPosition(at.topic(), at.partition(), at.offset()), sent);
      }
    }
    var accepted = new ArrayList<SentRecord>();
    new LakeDataset<>(lakePath, "events", new EventRow(), new Findings("lake events"))
        .read(
            (row, folder, where) -> {
              var at = new RecordPosition(row.getTopic(), row.getPartition(), row.getOffset());
              var sent = candidates.get(at);
              if (sent != null && !row.getLate()) {
                accepted.add(sent);
              }
            });
    return accepted;
  }

  public static Findings ledger(String lakePath, List<Expected.Ledger> expected)
      throws IOException {
    var findings = new Findings("lake ledger");
    var rows =
        new ExactSet<LedgerKey, Expected.Ledger, Filed<LedgerRow>>(
            findings,
            (ledger, found) -> {
              var row = ledger.toRow();
              return found.differences(row, LakeFolders.of(row));
            });
    for (var row : expected) {
      rows.expect(new LedgerKey(row.userId(), row.eventId(), row.timestampMillis()), row);
    }
    var chains = new LedgerChains();
    new LakeDataset<>(lakePath, "ledger", new LedgerRow(), findings)
        .read(
            (row, folder, where) -> {
              long timestampMillis = row.getEventTime().toEpochMilli();
              rows.found(
                  new LedgerKey(row.getUserId(), row.getEventId(), timestampMillis),
                  new Filed<>(row, folder),
                  where);
              chains.add(row);
            });
    rows.finish(always -> true);
    chains.problems().forEach(problem -> findings.add(Kind.DIFFERENT, problem));
    return findings;
  }
}
