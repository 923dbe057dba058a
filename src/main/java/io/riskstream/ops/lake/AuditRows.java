package io.riskstream.ops.lake;

import io.riskstream.config.OnLostOffsets;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.reference.Balance;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the audit dataset says of one topic, held against the reference model: one balance for each
 * partition and hour, whose ranges of offsets join and reach Kafka's end.
 */
public final class AuditRows {
  private final String topic;
  private final Findings findings = new Findings("audit");
  private final Map<Balance.PartitionHour, AuditRow> newest = new HashMap<>();
  private final List<AuditRow> gaps = new ArrayList<>();

  private AuditRows(String topic) {
    this.topic = topic;
  }

  /** Reads the dataset; of an hour's rows the one with the greatest revision counts. */
  public static AuditRows read(String lakePath, String topic) throws IOException {
    var rows = new AuditRows(topic);
    new LakeDataset<>(lakePath, "audit", new AuditRow(), rows.findings).read(rows::add);
    return rows;
  }

  private void add(AuditRow row, String folder, String where) {
    if (!topic.equals(row.getTopic())) {
      return;
    }
    if (!LakeFolders.of(row).equals(folder)) {
      findings.add(
          Kind.DIFFERENT,
          where + ": " + Differences.difference("folder", LakeFolders.of(row), folder));
    }
    if (row.getKind().equals(AuditKinds.GAP)) {
      gaps.add(row);
    } else if (row.getKind().equals(AuditKinds.COMPLETENESS)) {
      var hour = new Balance.PartitionHour(row.getPartition(), row.getTime().toEpochMilli());
      var other = newest.get(hour);
      if (other != null && other.getRevision() == row.getRevision()) {
        findings.add(Kind.DOUBLE, name(hour) + " revision " + row.getRevision() + " in " + where);
      }
      if (other == null || other.getRevision() < row.getRevision()) {
        newest.put(hour, row);
      }
    }
  }

  public int hours() {
    return newest.size();
  }

  public int gaps() {
    return gaps.size();
  }

  public void printGaps(PrintStream out) {
    gaps.forEach(
        gap ->
            out.println(
                "gap: %s-%d offsets %d to %d were deleted before they were read, noticed %s"
                    .formatted(
                        topic,
                        gap.getPartition(),
                        gap.getFirstOffset(),
                        gap.getLastOffset(),
                        gap.getTime())));
  }

  /** Returns the records without those that were lost: nothing can have become of them. */
  public List<SentRecord> withoutLost(List<SentRecord> sent) {
    return gaps.isEmpty()
        ? sent
        : sent.stream()
            .filter(record -> gaps.stream().noneMatch(gap -> holds(gap, record)))
            .toList();
  }

  private static boolean holds(AuditRow gap, SentRecord record) {
    var at = record.coordinates();
    return gap.getPartition() == at.partition()
        && gap.getFirstOffset() <= at.offset()
        && at.offset() <= gap.getLastOffset();
  }

  /**
   * Holds the gaps against Kafka: what it still has was not lost, whatever the job says.
   *
   * @param beginnings offset of the first record that is still there, by partition
   */
  public void doubtGaps(Map<Integer, Long> beginnings, OnLostOffsets onLostOffsets) {
    for (var gap : gaps) {
      var name =
          "gap %s-%d offsets %d to %d"
              .formatted(topic, gap.getPartition(), gap.getFirstOffset(), gap.getLastOffset());
      long beginning = beginnings.getOrDefault(gap.getPartition(), 0L);
      if (gap.getLastOffset() >= beginning) {
        findings.add(
            Kind.UNEXPECTED, name + ", but Kafka has the records from offset " + beginning);
      } else if (onLostOffsets == OnLostOffsets.FAIL) {
        findings.add(
            Kind.UNEXPECTED, name + ", though source.on-lost-offsets is " + onLostOffsets.text());
      }
    }
  }

  /**
   * Holds the rows against what must have been.
   *
   * @param ends offset behind the last record, by partition
   */
  public Findings check(Balance expected, Map<Integer, Long> ends) {
    var partitions = new TreeMap<Integer, PartitionRanges>();
    expected
        .hours()
        .forEach(
            (hour, counts) -> {
              partitions
                  .computeIfAbsent(hour.partition(), number -> new PartitionRanges())
                  .expect(counts);
              if (!newest.containsKey(hour)) {
                findings.add(Kind.MISSING, name(hour));
              }
            });
    newest.forEach(
        (hour, row) -> {
          findings.rowFound();
          partitions.computeIfAbsent(hour.partition(), number -> new PartitionRanges()).add(row);
          var counts = expected.hours().get(hour);
          if (counts == null) {
            findings.add(Kind.UNEXPECTED, name(hour));
          } else {
            compare(name(hour), counts, row);
          }
        });
    gaps.forEach(
        gap ->
            partitions
                .computeIfAbsent(gap.getPartition(), number -> new PartitionRanges())
                .addGap(gap));
    partitions.forEach(
        (partition, ranges) ->
            ranges
                .problems(ends.getOrDefault(partition, 0L))
                .forEach(
                    problem ->
                        findings.add(Kind.DIFFERENT, topic + "-" + partition + ": " + problem)));
    return findings;
  }

  private void compare(String name, Balance.Hour expected, AuditRow row) {
    var differences = new ArrayList<String>();
    hold(differences, "received", expected.received(), row.getReceived());
    var counts = expected.counts();
    hold(differences, "accepted", counts.accepted(), row.getAccepted());
    hold(differences, "duplicate", counts.duplicate(), row.getDuplicate());
    hold(differences, "late", counts.late(), row.getLate());
    hold(differences, "dead_lettered", counts.deadLettered(), row.getDeadLettered());
    var ends = row.getAccepted() + row.getDuplicate() + row.getLate() + row.getDeadLettered();
    if (row.getReceived() != ends) {
      differences.add(
          "received %d, but accepted + duplicate + late + dead_lettered is %d"
              .formatted(row.getReceived(), ends));
    }
    if (!differences.isEmpty()) {
      findings.add(Kind.DIFFERENT, name + ": " + String.join("; ", differences));
    }
  }

  private static void hold(List<String> differences, String field, long expected, long found) {
    if (expected != found) {
      differences.add(Differences.difference(field, expected, found));
    }
  }

  private String name(Balance.PartitionHour hour) {
    return topic + "-" + hour.partition() + " " + Instant.ofEpochMilli(hour.hourMillis());
  }
}
