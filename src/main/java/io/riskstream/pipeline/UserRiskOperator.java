package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.CodeVersion;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.RebuildMark;
import io.riskstream.model.Ruleset;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.pipeline.control.GatedDocumentSerializer;
import io.riskstream.pipeline.rebuild.RebuildQueue;
import io.riskstream.pipeline.rebuild.UserKeys;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs {@link UserRiskFunction}, and shows the hot store all users again where a control document
 * asks for it: in slices between the events, so that neither these nor a checkpoint ever wait for
 * more than one slice (decision 0006). A rebuild that a checkpoint or the end of the input
 * interrupts is neither lost nor cut short: it begins anew after the restore, and ends before the
 * operator does.
 *
 * <p>State: the ids of rebuilds asked for and not done, at most {@link RebuildQueue#MOST_IDS};
 * cleared when they are done. It is union state, since after a change of parallelism a subtask's
 * users are elsewhere: all subtasks then show theirs.
 */
final class UserRiskOperator
    extends CoBroadcastWithKeyedOperator<String, UserInput, GatedDocument, UserEvent> {
  private static final long serialVersionUID = 1L;

  /** Users shown at once: a few milliseconds of the task's time. */
  static final int SLICE = 500;

  /** Pause between slices, which leaves the events most of the task's time. */
  static final long PAUSE_MILLIS = 4;

  private static final ListStateDescriptor<String> REBUILDS =
      new ListStateDescriptor<>("hot-rebuilds", Types.STRING);

  private final UserRiskFunction users;

  private transient RebuildQueue queue;
  private transient ListState<String> rebuilds;
  private transient UserKeys keys;
  private transient long shown;
  private transient boolean scheduled;
  private transient long watermark;
  private transient Counter rebuilt;

  /** Returns the operator of a configured job. */
  static UserRiskOperator of(
      RiskstreamConfig config, Ruleset initial, Verdicts verdicts, Edges edges) {
    var settings =
        UserRiskSettings.of(
            config,
            initial,
            CodeVersion.read(),
            verdicts,
            edges.in().documents(),
            edges.observers());
    return new UserRiskOperator(new UserRiskFunction(settings, GatedDocumentSerializer.TYPE));
  }

  UserRiskOperator(UserRiskFunction users) {
    super(users, List.of());
    this.users = users;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rebuilds = context.getOperatorStateStore().getUnionListState(REBUILDS);
    queue = new RebuildQueue();
    watermark = Long.MIN_VALUE;
    for (var id : rebuilds.get()) {
      queue.ask(id);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    rebuilt = getMetricGroup().counter("hotRebuilt");
    schedule();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    super.processWatermark(mark);
    watermark = mark.getTimestamp();
  }

  /**
   * Passes on no idleness. Without input the task goes on judging by the watermark that it has, so
   * those behind it must not go past that by the word of others; and where events and profiles
   * pause together, the documents, which are at the end of time, must not become the clock.
   */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {}

  @Override
  public void processElement2(StreamRecord<GatedDocument> control) throws Exception {
    var task = getRuntimeContext().getTaskInfo();
    if (control.getValue().document() instanceof HotRebuild rebuild
        && rebuild.concerns(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks())) {
      queue.ask(rebuild.id());
      schedule();
    }
    super.processElement2(control);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    rebuilds.update(queue.all());
  }

  /** After the last event, all is shown that was asked for. */
  @Override
  public void finish() throws Exception {
    while (!queue.isEmpty()) {
      slice();
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    if (keys != null) {
      keys.close();
    }
    super.close();
  }

  private void schedule() {
    if (!scheduled && !queue.isEmpty()) {
      scheduled = true;
      var timers = getProcessingTimeService();
      var unused =
          timers.registerTimer(
              timers.getCurrentProcessingTime() + PAUSE_MILLIS,
              time -> {
                scheduled = false;
                slice();
                schedule();
              });
    }
  }

  private void slice() throws Exception {
    if (queue.isEmpty()) {
      return;
    }
    if (keys == null) {
      keys = UserKeys.of(getKeyedStateBackend(), UserRiskFunction.HEAD.getName());
      shown = 0;
      mark(false, queue.begin());
    }
    for (var user = 0; user < SLICE && keys.hasNext(); user++) {
      show(keys.next());
    }
    if (!keys.hasNext()) {
      keys.close();
      keys = null;
      mark(true, queue.end());
    }
  }

  private void show(String userId) throws Exception {
    setCurrentKey(userId);
    var snapshot = users.current(userId, watermark);
    if (snapshot.isPresent()) {
      emit(snapshot.get());
      shown++;
      rebuilt.inc();
    }
  }

  private void mark(boolean done, List<String> ids) {
    var task = getRuntimeContext().getTaskInfo();
    emit(
        new RebuildMark(
            done, ids, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks(), shown));
  }

  private void emit(HotUpdate update) {
    output.collect(Outputs.HOT_UPDATES, new StreamRecord<>(update));
  }
}
