package io.riskstream.pipeline.audit;

import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.model.AuditedRange;
import io.riskstream.model.CodeVersion;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.RulesetDocument;
import io.riskstream.pipeline.completeness.PartitionDelta;
import io.riskstream.pipeline.restart.Attempts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes a row for each checkpoint in which something was read, and one for each attempt of the
 * job, before its first checkpoint. The tallies have handed all on that they count to a checkpoint
 * before its barrier, and the row goes out before the barrier goes on: so it is committed with that
 * very checkpoint, and the rows add up to what was read, over failures too. Where a checkpoint is
 * given up, its row is committed with the next. What is left at the end of the input is a row
 * without the number of a checkpoint.
 *
 * <p>Runs in one task. What it counts is empty at each barrier, so its state is the cuts of
 * rulesets, the one in force at the watermark and those after it, the watermark that they were held
 * against last, and the number of the run: Flink's own begins anew with each JobManager.
 */
final class CheckpointAuditOperator extends AbstractStreamOperator<AuditRow>
    implements TwoInputStreamOperator<PartitionDelta, GatedDocument, AuditRow> {
  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<RulesHistory.Cut> RULES =
      new ListStateDescriptor<>("rulesets", Types.POJO(RulesHistory.Cut.class));
  private static final ListStateDescriptor<Long> HELD_AGAINST =
      new ListStateDescriptor<>("held-against", Types.LONG);

  private final String initialRulesVersion;

  private transient RulesHistory rules;
  private transient ListState<RulesHistory.Cut> rulesState;
  private transient ListState<Long> heldAgainstState;
  private transient long heldAgainstMillis;
  private transient long watermarkMillis;

  /** Cleared by {@link #writeRanges}. */
  private transient TreeMap<String, TreeMap<Integer, ReadRange>> ranges;

  private transient String codeVersion;
  private transient Attempts attempts;
  private transient String runId;
  private transient long beganMillis;
  private transient boolean announced;

  CheckpointAuditOperator(String initialRulesVersion) {
    this.initialRulesVersion = initialRulesVersion;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    attempts = new Attempts(context);
    rules = new RulesHistory(initialRulesVersion);
    rulesState = context.getOperatorStateStore().getListState(RULES);
    for (var cut : rulesState.get()) {
      rules.add(cut);
    }
    heldAgainstState = context.getOperatorStateStore().getListState(HELD_AGAINST);
    heldAgainstMillis = Long.MIN_VALUE;
    for (var millis : heldAgainstState.get()) {
      heldAgainstMillis = Math.max(heldAgainstMillis, millis);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermarkMillis = Long.MIN_VALUE;
    ranges = new TreeMap<>();
    codeVersion = CodeVersion.read();
    beganMillis = getProcessingTimeService().getCurrentProcessingTime();
    runId = getRuntimeContext().getJobInfo().getJobId() + "-" + attempts.begin(beganMillis);
    announced = false;
  }

  @Override
  public void processElement1(StreamRecord<PartitionDelta> element) {
    var delta = element.getValue();
    ranges
        .computeIfAbsent(delta.topic(), topic -> new TreeMap<>())
        .computeIfAbsent(delta.partition(), partition -> new ReadRange())
        .add(delta.counts());
  }

  @Override
  public void processElement2(StreamRecord<GatedDocument> element) {
    var gated = element.getValue();
    if (gated.document() instanceof RulesetDocument document) {
      rules.add(
          new RulesHistory.Cut(gated.cutMillis(), gated.offset(), document.ruleset().version()));
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermarkMillis = mark.getTimestamp();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    announce();
    writeRanges(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    announce();
    writeRanges(null);
    super.finish();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    attempts.snapshot();
    heldAgainstMillis = Math.max(heldAgainstMillis, watermarkMillis);
    rules.forgetBefore(heldAgainstMillis);
    rulesState.update(rules.cuts());
    heldAgainstState.update(List.of(heldAgainstMillis));
  }

  private void announce() {
    if (!announced) {
      announced = true;
      emit(row(AuditKinds.RUN, beganMillis).setRulesVersion(rules.versionAt(heldAgainstMillis)));
    }
  }

  private void writeRanges(Long checkpointIdOrNull) {
    if (ranges.isEmpty()) {
      return;
    }
    var read = new ArrayList<AuditedRange>();
    ranges.forEach(
        (topic, partitions) ->
            partitions.forEach((partition, range) -> read.add(range.toRow(topic, partition))));
    ranges.clear();
    emit(
        row(AuditKinds.CHECKPOINT, getProcessingTimeService().getCurrentProcessingTime())
            .setRulesVersion(rules.versionAt(Math.max(heldAgainstMillis, watermarkMillis)))
            .setCheckpointId(checkpointIdOrNull)
            .setWatermark(watermarkOrNull())
            .setPartitions(read));
  }

  private Instant watermarkOrNull() {
    var isKnown = watermarkMillis != Long.MIN_VALUE && watermarkMillis != Long.MAX_VALUE;
    return isKnown ? Instant.ofEpochMilli(watermarkMillis) : null;
  }

  private AuditRow.Builder row(String kind, long timeMillis) {
    return AuditRow.newBuilder()
        .setKind(kind)
        .setTime(Instant.ofEpochMilli(timeMillis))
        .setRunId(runId)
        .setCodeVersion(codeVersion);
  }

  private void emit(AuditRow.Builder row) {
    output.collect(new StreamRecord<>(row.build()));
  }
}
