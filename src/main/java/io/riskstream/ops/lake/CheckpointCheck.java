package io.riskstream.ops.lake;

import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.model.AuditedRange;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.reference.Balance;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds the audit rows of runs and checkpoints against what must have been read: each partition's
 * ranges join, their counts add up to the whole, and each row names a run that has begun, a code
 * version and a ruleset.
 */
public final class CheckpointCheck {
  private final String topic;
  private final Findings findings = new Findings("audit checkpoints");
  private final Set<String> runs = new HashSet<>();
  private final Set<String> met = new HashSet<>();
  private final List<AuditRow> checkpoints = new ArrayList<>();

  private CheckpointCheck(String topic) {
    this.topic = topic;
  }

  /** Reads the dataset and compares; the run must have been drained. */
  public static Findings of(String lakePath, String topic, Balance expected) throws IOException {
    var check = new CheckpointCheck(topic);
    new LakeDataset<>(lakePath, "audit", new AuditRow(), check.findings).read(check::add);
    check.compare(expected);
    return check.findings;
  }

  private void add(AuditRow row, String folder, String where) {
    var isRun = row.getKind().equals(AuditKinds.RUN);
    if (!isRun && !row.getKind().equals(AuditKinds.CHECKPOINT)) {
      return;
    }
    if (!LakeFolders.of(row).equals(folder)) {
      findings.add(
          Kind.DIFFERENT,
          where + ": " + Differences.difference("folder", LakeFolders.of(row), folder));
    }
    if (row.getCodeVersion() == null || row.getRulesVersion() == null || row.getRunId() == null) {
      findings.add(Kind.DIFFERENT, where + " lacks run_id, code_version or rules_version");
    }
    if (!met.add(row.getKind() + " " + row.getRunId() + " " + row.getCheckpointId())) {
      findings.add(Kind.DOUBLE, "run " + row.getRunId() + " checkpoint " + row.getCheckpointId());
    }
    if (isRun) {
      runs.add(row.getRunId());
    } else {
      findings.rowFound();
      checkpoints.add(row);
    }
  }

  private void compare(Balance expected) {
    var ranges = new TreeMap<Integer, List<AuditedRange>>();
    for (var row : checkpoints) {
      if (!runs.contains(row.getRunId())) {
        findings.add(Kind.MISSING, "row of the run " + row.getRunId());
      }
      for (var range : row.getPartitions()) {
        if (range.getTopic().equals(topic)) {
          ranges.computeIfAbsent(range.getPartition(), number -> new ArrayList<>()).add(range);
        }
      }
    }
    var totals = new HashMap<Integer, Expected.Counts>();
    expected
        .hours()
        .forEach(
            (hour, counts) ->
                totals.merge(hour.partition(), counts.counts(), Expected.Counts::plus));
    totals.forEach(
        (partition, counts) ->
            compare(partition, counts, ranges.getOrDefault(partition, List.of())));
    ranges.forEach(
        (partition, found) -> {
          if (!totals.containsKey(partition)) {
            findings.add(Kind.UNEXPECTED, topic + "-" + partition);
          }
          join(partition, found);
        });
  }

  private void compare(int partition, Expected.Counts expected, List<AuditedRange> found) {
    var sums = new Expected.Counts(0, 0, 0, 0);
    var received = 0L;
    for (var range : found) {
      received += range.getReceived();
      sums =
          sums.plus(
              new Expected.Counts(
                  range.getAccepted(),
                  range.getDuplicate(),
                  range.getLate(),
                  range.getDeadLettered()));
    }
    var total =
        expected.accepted() + expected.duplicate() + expected.late() + expected.deadLettered();
    if (!sums.equals(expected) || received != total) {
      findings.add(
          Kind.DIFFERENT,
          "%s-%d: %s of %d expected, %s of %d in its checkpoints"
              .formatted(topic, partition, expected, total, sums, received));
    }
  }

  private void join(int partition, List<AuditedRange> ranges) {
    ranges.sort(Comparator.comparingLong(AuditedRange::getFirstOffset));
    for (var next = 1; next < ranges.size(); next++) {
      var end = ranges.get(next - 1).getLastOffset();
      var begin = ranges.get(next).getFirstOffset();
      if (begin != end + 1) {
        findings.add(
            Kind.DIFFERENT,
            "%s-%d: a checkpoint begins at offset %d, but the one before it ends at %d"
                .formatted(topic, partition, begin, end));
      }
    }
  }
}
