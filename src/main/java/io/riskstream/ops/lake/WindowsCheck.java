package io.riskstream.ops.lake;

import io.riskstream.model.WindowRow;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the dataset of the aggregates against the reference model: of each window and type the
 * revisions count up from 0 without a gap, and the last, it alone, is final and exact.
 */
public final class WindowsCheck {
  /** Identity of a window and type. */
  private record Key(String window, Instant start, String eventType) {
    static Key of(WindowRow row) {
      return new Key(row.getWindow(), row.getWindowStart(), row.getEventType());
    }

    @Override
    public String toString() {
      return "window " + window + " from " + start + " type " + eventType;
    }
  }

  /** What was found of one window and type. */
  private static final class Rows {
    private final BitSet revisions = new BitSet();
    private Filed<WindowRow> last;
    private String where;
    private int finals;
  }

  private static final Set<String> OPEN = Set.of("revision");

  private final Findings findings = new Findings("lake windows");
  private final Map<Key, Rows> found = new HashMap<>();
  private boolean distinctExact = true;

  private WindowsCheck() {}

  /** Reads the dataset and holds it against the final rows. */
  public static WindowsCheck of(String lakePath, List<WindowRow> expected) throws IOException {
    var check = new WindowsCheck();
    new LakeDataset<>(lakePath, "aggregated/real-time", new WindowRow(), check.findings)
        .read(check::add);
    check.found.forEach(check::checkRevisions);
    check.compare(expected);
    return check;
  }

  public Findings findings() {
    return findings;
  }

  /** Returns how many windows and types have a final row. */
  public long finals() {
    return found.values().stream().filter(rows -> rows.finals > 0).count();
  }

  /** Returns whether every window and type says exactly how many users it had. */
  public boolean isDistinctExact() {
    return distinctExact;
  }

  private void add(WindowRow row, String folder, String where) {
    findings.rowFound();
    var rows = found.computeIfAbsent(Key.of(row), key -> new Rows());
    if (row.getRevision() < 0 || rows.revisions.get(row.getRevision())) {
      findings.add(Kind.DOUBLE, Key.of(row) + " revision " + row.getRevision() + " in " + where);
      return;
    }
    rows.revisions.set(row.getRevision());
    rows.finals += row.getFinal$() ? 1 : 0;
    if (rows.last == null || rows.last.row().getRevision() < row.getRevision()) {
      rows.last = new Filed<>(row, folder);
      rows.where = where;
    }
  }

  private void checkRevisions(Key key, Rows rows) {
    var problems = new ArrayList<String>();
    if (rows.revisions.cardinality() != rows.revisions.length()) {
      problems.add(
          "%d rows, but revision runs to %d"
              .formatted(rows.revisions.cardinality(), rows.revisions.length() - 1));
    }
    if (rows.finals != 1 || !rows.last.row().getFinal$()) {
      problems.add(
          "%d final rows, the last of all %s"
              .formatted(rows.finals, rows.last.row().getFinal$() ? "is" : "is not"));
    }
    if (!problems.isEmpty()) {
      findings.add(Kind.DIFFERENT, key + ": " + String.join("; ", problems));
    }
  }

  private void compare(List<WindowRow> expected) {
    var unexpected = new HashMap<>(found);
    for (var row : expected) {
      var key = Key.of(row);
      var rows = unexpected.remove(key);
      if (rows == null) {
        distinctExact = false;
        findings.add(Kind.MISSING, key.toString());
        continue;
      }
      distinctExact &= rows.last.row().getDistinctUsers() == row.getDistinctUsers();
      var differences = rows.last.differences(row, LakeFolders.of(row), OPEN);
      if (!differences.isEmpty()) {
        findings.add(
            Kind.DIFFERENT, key + " in " + rows.where + ": " + String.join("; ", differences));
      }
    }
    unexpected.forEach((key, rows) -> findings.add(Kind.UNEXPECTED, key + " in " + rows.where));
    distinctExact &= unexpected.isEmpty();
  }
}
