package io.riskstream.pipeline.completeness;

import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.sink.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Adds up a task's entries, chained to the operator that makes them, so that what crosses the
 * network is a few sums and not an entry a record. Hands all of it on before each barrier, before
 * each watermark, at a bound of size and at the end of the input: it has no state, and what a
 * watermark promises is true of the sums behind it too. A lost range is passed on at once, as a
 * row.
 */
final class TallyOperator extends AbstractStreamOperator<PartitionDelta>
    implements OneInputStreamOperator<Account, PartitionDelta>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private static final Comparator<Map.Entry<PartitionHour, HourCounts>> BY_HOUR =
      Comparator.comparingLong(sums -> sums.getKey().hourMillis());

  private record PartitionHour(String topic, int partition, long hourMillis) {}

  private record Folder(String dataset, long hourMillis, String topic, int partition) {}

  private final int mostSums;
  private final OutputTag<FolderDelta> folders;
  private final OutputTag<AuditRow> gaps;

  /** Cleared by {@link #flush}, as the folders are. */
  private transient Map<PartitionHour, HourCounts> byPartition;

  private transient Map<Folder, FolderCounts> byFolder;

  TallyOperator(int mostSums, OutputTag<FolderDelta> folders, OutputTag<AuditRow> gaps) {
    this.mostSums = mostSums;
    this.folders = folders;
    this.gaps = gaps;
  }

  @Override
  public void open() throws Exception {
    super.open();
    byPartition = new HashMap<>();
    byFolder = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<Account> element) {
    var account = element.getValue();
    if (account.entry() != Account.Entry.LEDGER_ROW) {
      byPartition.merge(
          new PartitionHour(account.topic(), account.partition(), account.hourMillis()),
          HourCounts.of(account),
          HourCounts::plus);
    }
    var counts = FolderCounts.of(account);
    if (!counts.equals(FolderCounts.NONE)) {
      byFolder.merge(folderOf(account), counts, FolderCounts::plus);
    }
    if (account.entry() == Account.Entry.LOST) {
      output.collect(gaps, new StreamRecord<>(rowOf(account)));
    }
    if (byPartition.size() + byFolder.size() >= mostSums) {
      flush();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    // In the order of hours: that a later hour has begun is said after all of the hour before.
    var sums = new ArrayList<>(byPartition.entrySet());
    sums.sort(BY_HOUR);
    for (var sum : sums) {
      var at = sum.getKey();
      output.collect(
          new StreamRecord<>(
              new PartitionDelta(at.topic(), at.partition(), at.hourMillis(), sum.getValue())));
    }
    byPartition.clear();
    byFolder.forEach(
        (at, counts) ->
            output.collect(
                folders,
                new StreamRecord<>(
                    new FolderDelta(
                        at.dataset(), at.hourMillis(), at.topic(), at.partition(), counts))));
    byFolder.clear();
  }

  private static Folder folderOf(Account account) {
    return new Folder(
        account.entry() == Account.Entry.LEDGER_ROW ? Lake.LEDGER : Lake.EVENTS,
        Account.hourOf(account.timeMillis()),
        account.topic(),
        account.partition());
  }

  private static AuditRow rowOf(Account lost) {
    return AuditRow.newBuilder()
        .setKind(AuditKinds.GAP)
        .setTime(Instant.ofEpochMilli(lost.timeMillis()))
        .setTopic(lost.topic())
        .setPartition(lost.partition())
        .setLost(lost.lastOffset() - lost.firstOffset() + 1)
        .setFirstOffset(lost.firstOffset())
        .setLastOffset(lost.lastOffset())
        .build();
  }
}
