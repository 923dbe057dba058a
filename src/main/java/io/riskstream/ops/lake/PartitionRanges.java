package io.riskstream.ops.lake;

import io.riskstream.model.AuditRow;
import io.riskstream.reference.Balance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The ranges of offsets that one partition's balances speak of: joined, and up to its end. */
final class PartitionRanges {
  private static final long NONE = -1;

  private final List<AuditRow> rows = new ArrayList<>();
  private long sent;
  private long firstSent = Long.MAX_VALUE;
  private long lastSent = NONE;
  private long lost;

  PartitionRanges() {}

  void expect(Balance.Hour hour) {
    sent += hour.received();
    firstSent = Math.min(firstSent, hour.firstOffset());
    lastSent = Math.max(lastSent, hour.lastOffset());
  }

  void add(AuditRow row) {
    rows.add(row);
  }

  void addGap(AuditRow gap) {
    lost += gap.getLost();
  }

  List<String> problems(long end) {
    var problems = new ArrayList<String>();
    if (rows.isEmpty()) {
      return problems; // each of its hours has been named as missing
    }
    rows.sort(Comparator.comparingLong(AuditRow::getFirstOffset));
    long next = rows.get(0).getFirstOffset();
    if (next > firstSent) {
      problems.add("offsets from " + firstSent + " to " + (next - 1) + " are in no hour");
    }
    long lostInHours = 0;
    for (var row : rows) {
      var hour = row.getTime();
      if (row.getFirstOffset() != next) {
        problems.add(
            "%s begins at offset %d, but the hour before it ends at %d"
                .formatted(hour, row.getFirstOffset(), next - 1));
      }
      long offsets = row.getLastOffset() - row.getFirstOffset() + 1;
      long counted = row.getReceived() + row.getSkipped() + row.getLost();
      if (offsets != counted) {
        problems.add(
            "%s has %d offsets, but received + skipped + lost is %d"
                .formatted(hour, offsets, counted));
      }
      next = row.getLastOffset() + 1;
      lostInHours += row.getLost();
    }
    if (lostInHours != lost) {
      problems.add("%d lost in its hours, but %d in its gaps".formatted(lostInHours, lost));
    }
    problems.addAll(endProblems(next, end));
    return problems;
  }

  private List<String> endProblems(long next, long end) {
    if (next <= lastSent) {
      return List.of("offsets from " + next + " to " + lastSent + " are in no hour");
    }
    // Behind the last record there may be control records of transactions that nobody has read.
    boolean isDense = sent + lost == end - Math.min(firstSent, rows.get(0).getFirstOffset());
    return next > end || (isDense && next < end)
        ? List.of("its hours end before offset " + next + ", Kafka's partition before " + end)
        : List.of();
  }
}
