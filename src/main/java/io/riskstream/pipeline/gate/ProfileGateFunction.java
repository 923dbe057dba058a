package io.riskstream.pipeline.gate;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserInput;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.source.Intake;
import io.riskstream.source.profile.ProfileIntake;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The gate of the profiles, chained to their source so that it sees each partition in offset order:
 * hands on the updates that come in time, and sends those that do not to the lake. The others get
 * there by the user operator, which knows whether the finality line of all has passed them.
 *
 * <p>State: that of {@link PartitionLines}.
 */
public final class ProfileGateFunction extends ProcessFunction<ProfileIntake, UserInput>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** Each update that is late here, once. */
  public static final OutputTag<ProfileUpdate> LATE =
      new OutputTag<>("late-profiles", ProfileUpdateSerializer.TYPE);

  /** Records that are no update. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", StreamTypes.DEAD_LETTER);

  /** Ranges of offsets that Kafka had deleted before they were read, as rows of the audit. */
  public static final OutputTag<AuditRow> GAPS =
      new OutputTag<>("profile-gaps", StreamTypes.AUDIT_ROW);

  private final TimeConfig time;
  private final boolean isJudgedBefore;

  private transient PartitionLines lines;
  private transient Counter timely;
  private transient Counter late;
  private transient Counter deadLettered;
  private transient Counter unknownFields;

  /**
   * @param isJudgedBefore whether the updates bring their verdicts along
   */
  public ProfileGateFunction(TimeConfig time, boolean isJudgedBefore) {
    this.time = time;
    this.isJudgedBefore = isJudgedBefore;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    lines = new PartitionLines(time, context);
  }

  @Override
  public void open(OpenContext context) {
    var metrics = getRuntimeContext().getMetricGroup();
    timely = metrics.counter("profilesTimely");
    late = metrics.counter("profilesLate");
    deadLettered = metrics.counter("profilesDeadLettered");
    unknownFields = metrics.counter("unknownFields");
  }

  @Override
  public void processElement(ProfileIntake intake, Context context, Collector<UserInput> out) {
    if (intake instanceof ProfileIntake.Valid valid) {
      unknownFields.inc(valid.unknownFields());
      hand(judged(valid.update()), context, out);
    } else if (intake instanceof ProfileIntake.Refused refused) {
      deadLettered.inc();
      context.output(DEAD_LETTERS, refused.deadLetter());
    } else if (intake instanceof ProfileIntake.Missing missing && missing.gap().lost()) {
      context.output(GAPS, rowOf(missing.gap()));
    }
  }

  private ProfileUpdate judged(ProfileUpdate update) {
    return !isJudgedBefore && lines.isLate(update) ? update.asLate() : update;
  }

  private void hand(ProfileUpdate update, Context context, Collector<UserInput> out) {
    if (update.late()) {
      late.inc();
      context.output(LATE, update);
    } else {
      timely.inc();
      out.collect(update);
    }
  }

  private static AuditRow rowOf(Intake.Gap lost) {
    return AuditRow.newBuilder()
        .setKind(AuditKinds.GAP)
        .setTime(Instant.ofEpochMilli(lost.noticedMillis()))
        .setTopic(lost.topic())
        .setPartition(lost.partition())
        .setLost(lost.lastOffset() - lost.firstOffset() + 1)
        .setFirstOffset(lost.firstOffset())
        .setLastOffset(lost.lastOffset())
        .build();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    lines.snapshot(getRuntimeContext().getTaskInfo());
  }
}
