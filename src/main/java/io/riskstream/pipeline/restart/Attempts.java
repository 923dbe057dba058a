package io.riskstream.pipeline.restart;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Numbers the runs of the job over restarts and restores, so that of two snapshots of the same age
 * the one of the later run wins. State: one number a task, never cleared; each restore raises the
 * greatest by one, and restarts from the same checkpoint are told apart by Flink's own count.
 */
public final class Attempts {
  private static final ListStateDescriptor<Integer> RESTORES =
      new ListStateDescriptor<>("restores", Types.INT);

  /** Restarts from one checkpoint that are told apart. */
  private static final int RESTARTS = 1 << 12;

  private final ListState<Integer> state;
  private final int restores;

  /** Reads what the last run kept, if any. */
  public Attempts(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getUnionListState(RESTORES);
    var greatest = -1;
    for (var restored : state.get()) {
      greatest = Math.max(greatest, restored);
    }
    restores = greatest + 1;
  }

  /** Returns this run's number. */
  public int current(int attemptNumber) {
    return restores * RESTARTS + Math.min(attemptNumber, RESTARTS - 1);
  }

  /** Keeps this run's number, with each checkpoint. */
  public void snapshot() throws Exception {
    state.update(List.of(restores));
  }
}
