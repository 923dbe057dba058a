package io.riskstream.pipeline.gate;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.UserInput;
import io.riskstream.source.PartitionGate;
import java.util.ArrayList;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The lines of a gate in Flink's operator state, so that each follows its partition over restores.
 *
 * <p>State: the greatest timestamp let through, a partition; never cleared, one entry each a
 * partition and, after a change of hands, at most one more. It is union state, since after a
 * restore any task may read any partition: every task is given all entries and keeps writing those
 * of the partitions that it has read, while those that nobody has read yet are written by one task
 * that their hash names. Of two entries for a partition the greater is the newer, as the greatest
 * timestamp only grows.
 */
public final class PartitionLines {
  private static final ListStateDescriptor<Tuple3<String, Integer, Long>> HIGHEST =
      new ListStateDescriptor<>(
          "highest-timestamp-by-partition", Types.TUPLE(Types.STRING, Types.INT, Types.LONG));

  private final PartitionGate gate;
  private final ListState<Tuple3<String, Integer, Long>> highest;

  /** Takes over what the state holds. */
  public PartitionLines(TimeConfig time, FunctionInitializationContext context) throws Exception {
    gate =
        new PartitionGate(time.watermarkDelay().toMillis(), time.allowedLateness().toMillis());
    highest = context.getOperatorStateStore().getUnionListState(HIGHEST);
    for (var entry : highest.get()) {
      gate.restore(entry.f0, entry.f1, entry.f2);
    }
  }

  /** Judges the partition's next record. */
  public boolean isLate(UserInput input) {
    return gate.isLate(input);
  }

  /** Brings the state up to date. */
  public void snapshot(TaskInfo task) throws Exception {
    var entries = new ArrayList<Tuple3<String, Integer, Long>>();
    gate.forEach(
        (topic, partition, highestMillis, seen) -> {
          if (seen || isKeptBy(task, topic, partition)) {
            entries.add(Tuple3.of(topic, partition, highestMillis));
          }
        });
    highest.update(entries);
  }

  /** Returns whether the task writes what no task has read since the restore. */
  public static boolean isKeptBy(TaskInfo task, String topic, int partition) {
    return Math.floorMod(topic.hashCode() + partition, task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }
}
