package io.riskstream.pipeline.restart;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * How far the finality line had come when the state was kept: after a restore the watermark starts
 * from nothing, and what was closed before is closed still. State: one number a task that knows it,
 * never cleared; where they differ the least counts, which none of the tasks had yet to reach.
 */
public final class FormerLine {
  private static final ListStateDescriptor<Long> LINES =
      new ListStateDescriptor<>("former-line", Types.LONG);

  private final ListState<Long> state;
  private final long millis;

  /** Reads what the last run kept, if any. */
  public FormerLine(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getUnionListState(LINES);
    Long least = null;
    for (var line : state.get()) {
      least = least == null ? line : Long.valueOf(Math.min(least, line));
    }
    millis = least == null ? Long.MIN_VALUE : least;
  }

  /** Returns the line of then, epoch milliseconds; the least number where there was none. */
  public long millis() {
    return millis;
  }

  /** Keeps the line, with each checkpoint. */
  public void snapshot(long line) throws Exception {
    var known = Math.max(line, millis);
    state.update(known == Long.MIN_VALUE ? List.of() : List.of(known));
  }
}
