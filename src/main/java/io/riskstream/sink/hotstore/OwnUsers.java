package io.riskstream.sink.hotstore;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The users that a writer is told of: those whose state its subtask of the user operator has, as
 * updates do not change the subtask on their way here.
 */
record OwnUsers(int subtask, int parallelism, int maxParallelism) {
  static OwnUsers of(TaskInfo task) {
    return new OwnUsers(
        task.getIndexOfThisSubtask(),
        task.getNumberOfParallelSubtasks(),
        task.getMaxNumberOfParallelSubtasks());
  }

  boolean contain(String userId) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(userId, maxParallelism, parallelism)
        == subtask;
  }
}
