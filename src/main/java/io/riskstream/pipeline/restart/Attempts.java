package io.riskstream.pipeline.restart;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Numbers the runs of the job, so that in the hot store a run supersedes what runs before it showed
 * and did not commit. A number is greater than that of the run whose state this one goes on from;
 * and as it follows the clock, also than those of runs that left no state: that died before their
 * first checkpoint, under a job manager that died with them, or that were rolled back. Those two
 * need clocks that differ by less than a restart takes.
 *
 * <p>State: one number a task, never cleared.
 */
public final class Attempts {
  /** Its name is of a time when restores were counted; their numbers were all smaller. */
  private static final ListStateDescriptor<Integer> NUMBERS =
      new ListStateDescriptor<>("restores", Types.INT);

  /** 2020-01-01; with a unit of half a second the numbers last until 2054. */
  private static final long ORIGIN_MILLIS = 1_577_836_800_000L;

  /** No longer than a restart takes. */
  private static final long UNIT_MILLIS = 500;

  private final ListState<Integer> state;
  private int number = -1;

  /** Reads what the last run kept, if any. */
  public Attempts(FunctionInitializationContext context) throws Exception {
    state = context.getOperatorStateStore().getUnionListState(NUMBERS);
    for (var restored : state.get()) {
      number = Math.max(number, restored);
    }
  }

  /** Returns the number of the run that begins now; to be asked once. */
  public int begin(long nowMillis) {
    var byClock = (nowMillis - ORIGIN_MILLIS) / UNIT_MILLIS;
    number = Math.toIntExact(Math.max(number + 1L, byClock));
    return number;
  }

  /** Keeps this run's number, with each checkpoint. */
  public void snapshot() throws Exception {
    state.update(List.of(number));
  }
}
