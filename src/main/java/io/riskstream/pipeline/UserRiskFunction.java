package io.riskstream.pipeline;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.Alert;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotAlert;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.PackedWriter;
import io.riskstream.pipeline.completeness.Account;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.restart.Attempts;
import io.riskstream.risk.Ruleset;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.source.DeadLetters;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The user operator: puts {@link UserRisk} on keyed state and event time. Emits accepted and late
 * events; alerts, ledger rows, snapshots and conflicting duplicates go to side outputs.
 *
 * <p>What is kept for a user, how long, and who clears it:
 *
 * <ul>
 *   <li>{@code user-head}: the packed {@link UserState}, kept for ever; its parts that wait for
 *       finality are cleared as the fields there say.
 *   <li>{@code user-chunks}: what does not fit into the head, in bounded chunks, of at most 64
 *       events or about 64 identities; pending events are cleared when they become final,
 *       identities an eighth at each timer and all of them once none is left to wait for.
 *   <li>at most one event-time timer, while an event waits for finality. Its time is rounded up to
 *       a 64th of the time to finality, so that a busy user has few.
 * </ul>
 */
final class UserRiskFunction
    extends KeyedBroadcastProcessFunction<String, UserEvent, ControlDocument, UserEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final int TIMERS_PER_HORIZON = 64;
  private static final long NO_TIMER = Long.MAX_VALUE;

  static final ValueStateDescriptor<byte[]> HEAD =
      new ValueStateDescriptor<>(
          "user-head", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final MapStateDescriptor<Long, byte[]> CHUNKS =
      new MapStateDescriptor<>(
          "user-chunks", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final long latenessMillis;
  private final long timerTickMillis;
  private final int epoch;
  private final Verdicts verdicts;

  private transient UserRisk risk;
  private transient ValueState<byte[]> head;
  private transient KeyedChunkStore chunks;
  private transient PackedWriter packing;
  private transient Attempts attempts;
  private transient int attempt;
  private transient IntakeCounters counters;

  UserRiskFunction(TimeConfig time, int epoch, Verdicts verdicts) {
    this.verdicts = verdicts;
    this.latenessMillis = time.allowedLateness().toMillis();
    this.timerTickMillis = timerTickMillis(time);
    this.epoch = epoch;
  }

  /** Returns what the times of timers are rounded up to: a user's visit is at most so much late. */
  static long timerTickMillis(TimeConfig time) {
    var horizonMillis = time.watermarkDelay().toMillis() + time.allowedLateness().toMillis();
    return Math.max(1, horizonMillis / TIMERS_PER_HORIZON);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    attempts = new Attempts(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    attempts.snapshot();
  }

  @Override
  public void open(OpenContext context) {
    risk = new UserRisk(Ruleset.defaults());
    head = getRuntimeContext().getState(HEAD);
    chunks = new KeyedChunkStore(getRuntimeContext().getMapState(CHUNKS));
    packing = new PackedWriter();
    attempt = attempts.current(getRuntimeContext().getTaskInfo().getAttemptNumber());
    counters = new IntakeCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(UserEvent event, ReadOnlyContext context, Collector<UserEvent> out)
      throws Exception {
    var user = load();
    var watermark = context.timerService().currentWatermark();
    var verdict =
        verdicts == Verdicts.RECORDED
            ? risk.acceptRecorded(user, event, chunks, alertsOf(context))
            : risk.accept(user, event, lineAt(watermark), chunks, alertsOf(context));
    counters.count(verdict);
    context.output(Completeness.ACCOUNTS, Account.judged(event, verdict));
    switch (verdict) {
      case ACCEPTED -> {
        out.collect(event);
        context.output(
            Outputs.HOT_UPDATES,
            risk.snapshot(user, event.userId(), true, watermark, epoch, attempt));
        setTimer(user, context);
      }
      case LATE -> out.collect(event.late() ? event : event.asLate());
      case CONFLICTING_DUPLICATE ->
          context.output(Outputs.DEAD_LETTERS, DeadLetters.ofConflict(event));
      case DUPLICATE -> {}
    }
    head.update(user.pack(packing));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<UserEvent> out)
      throws Exception {
    var user = load();
    var userId = context.getCurrentKey();
    var watermark = context.timerService().currentWatermark();
    var wasFinal = risk.isFinal(user);
    user.setTimerMillis(NO_TIMER);
    risk.finalizeBefore(
        user,
        userId,
        lineAt(watermark),
        chunks,
        row -> {
          context.output(Outputs.LEDGER, row);
          context.output(Completeness.ACCOUNTS, Account.ledgerRow(row));
        },
        alertsOf(context));
    if (risk.isFinal(user) && !wasFinal) {
      context.output(
          Outputs.HOT_UPDATES, risk.snapshot(user, userId, false, watermark, epoch, attempt));
    }
    setTimer(user, context);
    head.update(user.pack(packing));
  }

  /** Obeyed by {@link UserRiskOperator}, which can see all users; nothing is left to do here. */
  @Override
  public void processBroadcastElement(
      ControlDocument document, Context context, Collector<UserEvent> out) {}

  /**
   * Returns the user that is the current key as the hot store is to show it now; nothing before its
   * first accepted event.
   */
  Optional<UserSnapshot> current(String userId, long watermark) throws Exception {
    var user = load();
    return user.hasAccepted()
        ? Optional.of(risk.snapshot(user, userId, false, watermark, epoch, attempt))
        : Optional.empty();
  }

  /** Alerts go to their topic, and to the hot store without waiting for the checkpoint. */
  private Consumer<Alert> alertsOf(ReadOnlyContext context) {
    return alert -> {
      context.output(Outputs.ALERTS, alert);
      context.output(Outputs.HOT_UPDATES, HotAlert.of(alert, epoch, attempt));
    };
  }

  private UserState load() throws Exception {
    var packed = head.value();
    return packed == null ? new UserState() : UserState.unpack(packed);
  }

  /** The finality line: watermark − allowed lateness, and none where there is no watermark. */
  private long lineAt(long watermark) {
    return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
        ? watermark
        : watermark - latenessMillis;
  }

  /** Sees to it that the user's one timer fires once the first waiting event is behind the line. */
  private void setTimer(UserState user, ReadOnlyContext context) {
    var due = risk.nextDueMillis(user);
    if (due == Long.MAX_VALUE) {
      return;
    }
    // An event is final when line > its time, that is when watermark >= time + lateness + 1.
    var ticks = Math.floorDiv(due + latenessMillis, timerTickMillis) + 1;
    var time = ticks * timerTickMillis;
    if (time < user.timerMillis()) {
      if (user.timerMillis() != NO_TIMER) {
        context.timerService().deleteEventTimeTimer(user.timerMillis());
      }
      context.timerService().registerEventTimeTimer(time);
      user.setTimerMillis(time);
    }
  }
}
