package io.riskstream.pipeline.window;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.HotWindow;
import io.riskstream.model.WindowRow;
import io.riskstream.pipeline.restart.Attempts;
import io.riskstream.pipeline.restart.FormerLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the sums of a window and type, and writes its rows: the first at watermark ≥ end, another
 * at the watermark after more has come, the final one at finality line ≥ end. The tallies hand on
 * their sums before each watermark, and an accepted event is not behind the line, so nothing comes
 * for a window that was closed in this run: that would be an error, and fails the job. What comes
 * for a window that was closed before a restore is of an idle partition that woke up right then,
 * which is outside the law: it is counted and changes nothing.
 *
 * <p>State of a window and type: its sums and the next revision, cleared with the final row; one
 * timer for the next row and one for the final one.
 */
final class WindowFunction extends KeyedProcessFunction<WindowKey, WindowDelta, WindowRow>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<OpenWindow> OPEN =
      new ValueStateDescriptor<>("open-window", OpenWindowSerializer.TYPE);

  private final long latenessMillis;
  private final int epoch;

  private transient ValueState<OpenWindow> open;
  private transient Attempts attempts;
  private transient int attempt;
  private transient FormerLine formerLine;
  private transient Counter eventsBehindWindows;

  /** The task's; null until it is asked for, when nothing can have been closed. */
  private transient TimerService time;

  WindowFunction(TimeConfig time, int epoch) {
    this.latenessMillis = time.allowedLateness().toMillis();
    this.epoch = epoch;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    attempts = new Attempts(context);
    formerLine = new FormerLine(context);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    attempts.snapshot();
    formerLine.snapshot(time == null ? Long.MIN_VALUE : line());
  }

  @Override
  public void open(OpenContext context) {
    open = getRuntimeContext().getState(OPEN);
    attempt = attempts.begin(System.currentTimeMillis());
    eventsBehindWindows = getRuntimeContext().getMetricGroup().counter("eventsBehindWindows");
  }

  @Override
  public void processElement(WindowDelta delta, Context context, Collector<WindowRow> out)
      throws Exception {
    time = context.timerService();
    var held = open.value();
    if (held == null) {
      if (isClosed(delta)) {
        return;
      }
      held = new OpenWindow(delta.endMillis(), WindowSums.NONE, 0, false);
      time.registerEventTimeTimer(delta.endMillis() + latenessMillis);
    }
    if (!held.changed()) {
      var next = time.currentWatermark() + 1; // of the earliest watermark that is still to come
      time.registerEventTimeTimer(Math.max(delta.endMillis(), next));
    }
    open.update(held.plus(delta.sums()));
  }

  private boolean isClosed(WindowDelta delta) {
    if (delta.endMillis() <= formerLine.millis()) {
      eventsBehindWindows.inc(delta.sums().count());
      return true;
    }
    if (delta.endMillis() <= line()) {
      throw new IllegalStateException(
          "%d events came for %s, which ended at %d, when the finality line was at %d; its final row says less than was accepted"
              .formatted(delta.sums().count(), delta.key(), delta.endMillis(), line()));
    }
    return false;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<WindowRow> out)
      throws Exception {
    time = context.timerService();
    var held = open.value();
    if (held == null) {
      return; // closed by an earlier timer, set while the lateness was another
    }
    var closing = held.endMillis() + latenessMillis;
    if (timestamp >= closing) {
      write(held, true, context, out);
      open.clear();
      return;
    }
    // The timer that is there may be of another lateness.
    time.registerEventTimeTimer(closing);
    if (held.changed() && timestamp >= held.endMillis()) {
      write(held, false, context, out);
      open.update(held.written());
    }
  }

  private void write(
      OpenWindow window, boolean isFinal, OnTimerContext context, Collector<WindowRow> out) {
    var row = WindowRows.of(context.getCurrentKey(), window, isFinal);
    out.collect(row);
    context.output(Windows.HOT_WINDOWS, HotWindow.of(row, epoch, attempt));
  }

  private long line() {
    var watermark = time.currentWatermark();
    return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
        ? watermark
        : watermark - latenessMillis;
  }
}
