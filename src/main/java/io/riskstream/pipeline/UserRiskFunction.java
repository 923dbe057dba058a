package io.riskstream.pipeline;

import io.riskstream.activity.Entered;
import io.riskstream.config.TimeConfig;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotAlert;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.PackedWriter;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.book.StateTerms;
import io.riskstream.pipeline.book.TaskRulebook;
import io.riskstream.pipeline.completeness.Account;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.metrics.UserMetrics;
import io.riskstream.pipeline.restart.Attempts;
import io.riskstream.pipeline.state.FormerState;
import io.riskstream.pipeline.state.StateDescription;
import io.riskstream.pipeline.window.WindowEntry;
import io.riskstream.pipeline.window.Windows;
import io.riskstream.risk.RiskPlan;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.UserOutput;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.source.DeadLetters;
import io.riskstream.source.control.DocumentHistory;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The user operator: puts {@link UserRisk} on keyed state and event time. Emits accepted and late
 * events; alerts, ledger and activity rows, snapshots, updates of profiles, entries for the windows
 * over all users and conflicting duplicates go to side outputs.
 *
 * <p>What is kept for a user, how long, and who clears it:
 *
 * <ul>
 *   <li>{@code user-head}: the packed {@link UserState}, kept for ever; its parts that wait for
 *       finality are cleared as the fields there say.
 *   <li>{@code user-chunks}: what does not fit into the head, in bounded chunks: at most 64 events,
 *       about 64 identities, a node of slices, a version of the profile, what an alert says;
 *       cleared when it is final, identities an eighth at each timer and all of them once none is
 *       left to wait for.
 *   <li>at most one event-time timer, while something waits for finality. Its time is rounded up to
 *       a 64th of the time to finality, so that a busy user has few.
 * </ul>
 *
 * <p>What is kept for a task is in {@link FormerState}, {@link TaskRulebook} and {@link Attempts}.
 */
final class UserRiskFunction
    extends KeyedBroadcastProcessFunction<String, UserInput, GatedDocument, UserEvent>
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
  private final byte[] terms;
  private final long profileMaxAgeMillis;
  private final int epoch;
  private final String codeVersion;
  private final Verdicts verdicts;
  private final DocumentHistory history;
  private final RuleObserverFactory observers;
  private final TypeInformation<GatedDocument> documentType;

  private transient TaskRulebook rulebook;
  private transient RuleObserver observer;
  private transient UserRisk risk;
  private transient ValueState<byte[]> head;
  private transient KeyedChunkStore chunks;
  private transient PackedWriter packing;
  private transient FormerState formerState;
  private transient Attempts attempts;
  private transient int attempt;
  private transient IntakeCounters counters;
  private transient UserMetrics metrics;

  UserRiskFunction(UserRiskSettings settings, TypeInformation<GatedDocument> documentType) {
    this.latenessMillis = settings.time().allowedLateness().toMillis();
    this.timerTickMillis = timerTickMillis(settings.time());
    this.terms = settings.terms().encode();
    this.profileMaxAgeMillis = settings.profileMaxAgeMillis();
    this.epoch = settings.epoch();
    this.codeVersion = settings.codeVersion();
    this.verdicts = settings.verdicts();
    this.history = settings.history();
    this.observers = settings.observers();
    this.documentType = documentType;
  }

  /** Returns what the times of timers are rounded up to: a user's visit is at most so much late. */
  static long timerTickMillis(TimeConfig time) {
    var horizonMillis = time.watermarkDelay().toMillis() + time.allowedLateness().toMillis();
    return Math.max(1, horizonMillis / TIMERS_PER_HORIZON);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    var task = getRuntimeContext().getTaskInfo();
    formerState =
        new FormerState(
            context, StateDescription.ofThisVersion(task.getMaxNumberOfParallelSubtasks()));
    attempts = new Attempts(context);
    rulebook =
        new TaskRulebook(
            context, StateTerms.decode(terms), documentType, verdicts == Verdicts.JUDGED);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    formerState.snapshot(getRuntimeContext().getTaskInfo());
    attempts.snapshot();
    rulebook.snapshot();
  }

  @Override
  public void open(OpenContext context) throws Exception {
    observer = observers.create(getRuntimeContext());
    var plan = new RiskPlan(StateTerms.decode(terms).activity(), profileMaxAgeMillis, codeVersion);
    risk = new UserRisk(rulebook.open(history), plan, observer);
    head = getRuntimeContext().getState(HEAD);
    chunks = new KeyedChunkStore(getRuntimeContext().getMapState(CHUNKS));
    packing = new PackedWriter();
    attempt = attempts.begin(System.currentTimeMillis());
    counters = new IntakeCounters(getRuntimeContext().getMetricGroup());
    metrics =
        new UserMetrics(
            getRuntimeContext().getMetricGroup(),
            StateTerms.decode(terms).activity().types().names());
  }

  @Override
  public void close() throws Exception {
    if (observer instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  public void processElement(UserInput input, ReadOnlyContext context, Collector<UserEvent> out)
      throws Exception {
    var user = load();
    if (input instanceof UserEvent event) {
      process(user, event, context, out);
    } else if (input instanceof ProfileUpdate update) {
      var line = lineAt(context.timerService().currentWatermark());
      var isJoined = risk.accept(user, update, line, chunks);
      context.output(Outputs.PROFILES, isJoined ? update : update.asLate());
    }
    setTimer(user, context);
    head.update(user.pack(packing));
  }

  private void process(
      UserState user, UserEvent event, ReadOnlyContext context, Collector<UserEvent> out) {
    var watermark = context.timerService().currentWatermark();
    var results = new Results(context, event);
    var lastActivity = user.lastActivityMillis();
    var verdict =
        verdicts == Verdicts.RECORDED
            ? risk.acceptRecorded(user, event, chunks, results)
            : risk.accept(user, event, lineAt(watermark), chunks, results);
    counters.count(verdict);
    metrics.judged(event, verdict, lastActivity, System.currentTimeMillis());
    context.output(Completeness.ACCOUNTS, Account.judged(event, verdict));
    switch (verdict) {
      case ACCEPTED -> {
        rulebook.judged(event.timestampMillis());
        out.collect(event);
        context.output(
            Outputs.HOT_UPDATES,
            risk.snapshot(user, event.userId(), true, watermark, epoch, attempt));
      }
      case LATE -> out.collect(event.late() ? event : event.asLate());
      case CONFLICTING_DUPLICATE ->
          context.output(Outputs.DEAD_LETTERS, DeadLetters.ofConflict(event));
      case DUPLICATE -> {}
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<UserEvent> out)
      throws Exception {
    var user = load();
    var userId = context.getCurrentKey();
    var watermark = context.timerService().currentWatermark();
    var wasFinal = risk.isFinal(user);
    user.setTimerMillis(NO_TIMER);
    risk.finalizeBefore(user, userId, lineAt(watermark), chunks, new Results(context, null));
    if (risk.isFinal(user) && !wasFinal) {
      context.output(
          Outputs.HOT_UPDATES, risk.snapshot(user, userId, false, watermark, epoch, attempt));
    }
    setTimer(user, context);
    head.update(user.pack(packing));
  }

  /** Puts the document into the book; a rebuild is {@link UserRiskOperator}'s to do. */
  @Override
  public void processBroadcastElement(
      GatedDocument document, Context context, Collector<UserEvent> out) throws Exception {
    rulebook.add(document);
  }

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
    // What is due at a time is final when line > that time, that is when watermark >= time +
    // lateness + 1.
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

  /** Sends the results of a visit to their outputs; the event is null at a timer. */
  private final class Results implements UserOutput {
    private final ReadOnlyContext context;
    private final UserEvent event;

    Results(ReadOnlyContext context, UserEvent event) {
      this.context = context;
      this.event = event;
    }

    @Override
    public void ledgerRow(LedgerRow row) {
      context.output(Outputs.LEDGER, row);
      context.output(Completeness.ACCOUNTS, Account.ledgerRow(row));
    }

    /** To their topic, and to the hot store without waiting for the checkpoint, but for shadows. */
    @Override
    public void alert(Alert alert) {
      context.output(Outputs.ALERTS, alert);
      if (HotAlert.isShown(alert)) {
        context.output(Outputs.HOT_UPDATES, HotAlert.of(alert, epoch, attempt));
      }
    }

    @Override
    public void activityRow(ActivityRow row) {
      context.output(Outputs.ACTIVITY_ROWS, row);
    }

    @Override
    public void entered(int typeNumber, Entered entered) {
      context.output(
          Windows.ENTRIES,
          new WindowEntry(typeNumber, event.timestampMillis(), event.valueMicros(), entered));
    }
  }
}
