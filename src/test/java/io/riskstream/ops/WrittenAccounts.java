package io.riskstream.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.model.AuditedRange;
import io.riskstream.reference.Balance;
import io.riskstream.testkit.SentStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The accounts as a faultless pipeline would write them. */
public final class WrittenAccounts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WrittenAccounts() {}

  static AuditRow auditRow(Balance.PartitionHour hour, Balance.Hour counts) {
    return AuditRow.newBuilder()
        .setKind(AuditKinds.COMPLETENESS)
        .setTime(Instant.ofEpochMilli(hour.hourMillis()))
        .setTopic(SentStory.TOPIC)
        .setPartition(hour.partition())
        .setReceived(counts.received())
        .setAccepted(counts.counts().accepted())
        .setDuplicate(counts.counts().duplicate())
        .setLate(counts.counts().late())
        .setDeadLettered(counts.counts().deadLettered())
        .setSkipped(0L)
        .setLost(0L)
        .setFirstOffset(counts.firstOffset())
        .setLastOffset(counts.lastOffset())
        .build();
  }

  public static AuditRow gap(int partition, long firstOffset, long lastOffset, long noticedMillis) {
    return AuditRow.newBuilder()
        .setKind(AuditKinds.GAP)
        .setTime(Instant.ofEpochMilli(noticedMillis))
        .setTopic(SentStory.TOPIC)
        .setPartition(partition)
        .setLost(lastOffset - firstOffset + 1)
        .setFirstOffset(firstOffset)
        .setLastOffset(lastOffset)
        .build();
  }

  /** The rows of a run that took one checkpoint, or one for each hour. */
  static List<AuditRow> run(Balance balance) {
    var rows = new ArrayList<AuditRow>();
    var begun = AuditRow.newBuilder().setKind(AuditKinds.RUN).setTime(Instant.EPOCH);
    rows.add(of(begun).build());
    balance
        .hours()
        .forEach(
            (hour, counts) ->
                rows.add(
                    of(AuditRow.newBuilder()
                            .setKind(AuditKinds.CHECKPOINT)
                            .setTime(Instant.EPOCH)
                            .setCheckpointId((long) rows.size()))
                        .setPartitions(
                            List.of(
                                new AuditedRange(
                                    SentStory.TOPIC,
                                    hour.partition(),
                                    counts.received(),
                                    counts.counts().accepted(),
                                    counts.counts().duplicate(),
                                    counts.counts().late(),
                                    counts.counts().deadLettered(),
                                    counts.firstOffset(),
                                    counts.lastOffset())))
                        .build()));
    return rows;
  }

  private static AuditRow.Builder of(AuditRow.Builder row) {
    return row.setRunId("run-0").setCodeVersion("1").setRulesVersion("default-1");
  }

  static ObjectNode seal(Balance.Folder folder, Map<Integer, Balance.FolderRows> parts) {
    var seal = JSON.createObjectNode();
    seal.put("dataset", folder.dataset());
    var hour = folder.name().replaceAll("\\D+", " ").strip().split(" ");
    seal.put("hour", "%s-%s-%sT%s:00:00Z".formatted((Object[]) hour));
    seal.put("rows", parts.values().stream().mapToLong(Balance.FolderRows::rows).sum());
    seal.put("late_rows", 0);
    var partitions = seal.putArray("partitions");
    parts.forEach(
        (partition, rows) -> {
          if (partition != Balance.NO_PARTITION) {
            partitions
                .addObject()
                .put("partition", partition)
                .put("rows", rows.rows())
                .put("late_rows", 0)
                .put("first_offset", rows.firstOffset())
                .put("last_offset", rows.lastOffset());
          }
        });
    return seal;
  }
}
