package io.riskstream.pipeline.state;

import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Keeps the job's {@link StateDescription} with its state, and refuses to go on from one that this
 * version cannot read: once, as the job starts, for the whole job and not at the first user whose
 * bytes are read. State: one text, written by the first subtask, never cleared. It is union state,
 * so that each subtask holds itself to it.
 */
public final class FormerState {
  private static final ListStateDescriptor<String> DESCRIPTION =
      new ListStateDescriptor<>("state-description", Types.STRING);

  private final ListState<String> state;
  private final StateDescription now;

  /**
   * Reads what the last run kept, if any.
   *
   * @throws SuppressRestartsException if this version cannot go on from it, which no restart mends
   */
  public FormerState(FunctionInitializationContext context, StateDescription now) throws Exception {
    this.now = now;
    state = context.getOperatorStateStore().getUnionListState(DESCRIPTION);
    for (var former : state.get()) {
      var problems = now.problemsAfter(StateDescription.decode(former));
      if (!problems.isEmpty()) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "the job cannot go on from this state:\n  " + String.join("\n  ", problems)));
      }
    }
  }

  /** Keeps the description, with each checkpoint. */
  public void snapshot(TaskInfo task) throws Exception {
    state.update(task.getIndexOfThisSubtask() == 0 ? List.of(now.encode()) : List.of());
  }
}
