package io.riskstream.reference;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Adds up a {@link Balance}, record by record. */
final class BalanceSheet {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private final Map<Balance.PartitionHour, Balance.Hour> hours = new HashMap<>();
  private final Map<Balance.Folder, Map<Integer, Balance.FolderRows>> folders = new HashMap<>();

  void ended(Coordinates sent, Expected.Counts where) {
    add(sent, new Balance.Hour(where, sent.offset(), sent.offset()));
  }

  void filed(UserEvent event, boolean late) {
    var offset = event.coordinates().offset();
    add(
        event,
        late,
        late
            ? new Balance.FolderRows(0, 1, Long.MAX_VALUE, -1)
            : new Balance.FolderRows(1, 0, offset, offset));
  }

  void filed(Expected.Ledger row) {
    var folder = new Balance.Folder("ledger", LakeFolders.of(row.timestampMillis()));
    folders
        .computeIfAbsent(folder, name -> new HashMap<>())
        .merge(
            Balance.NO_PARTITION,
            new Balance.FolderRows(1, 0, Long.MAX_VALUE, -1),
            BalanceSheet::sum);
  }

  Balance balance() {
    return new Balance(hours, folders);
  }

  private void add(Coordinates sent, Balance.Hour more) {
    var start = Math.floorDiv(sent.ingestTimeMillis(), HOUR_MILLIS) * HOUR_MILLIS;
    hours.merge(new Balance.PartitionHour(sent.partition(), start), more, BalanceSheet::sum);
  }

  private void add(UserEvent event, boolean late, Balance.FolderRows more) {
    var sent = event.coordinates();
    var name = LakeFolders.of(event.timestampMillis(), sent.ingestTimeMillis(), late);
    folders
        .computeIfAbsent(new Balance.Folder("events", name), folder -> new HashMap<>())
        .merge(sent.partition(), more, BalanceSheet::sum);
  }

  private static Balance.Hour sum(Balance.Hour one, Balance.Hour other) {
    return new Balance.Hour(
        one.counts().plus(other.counts()),
        Math.min(one.firstOffset(), other.firstOffset()),
        Math.max(one.lastOffset(), other.lastOffset()));
  }

  private static Balance.FolderRows sum(Balance.FolderRows one, Balance.FolderRows other) {
    return new Balance.FolderRows(
        one.rows() + other.rows(),
        one.lateRows() + other.lateRows(),
        Math.min(one.firstOffset(), other.firstOffset()),
        Math.max(one.lastOffset(), other.lastOffset()));
  }
}
