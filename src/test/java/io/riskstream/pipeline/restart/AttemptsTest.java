package io.riskstream.pipeline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.collect.utils.MockFunctionInitializationContext;
import org.apache.flink.streaming.api.operators.collect.utils.MockOperatorStateStore;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
  private static final int NUMBERS_PER_RESTORE = 4_096;

  private final UnionContext context = new UnionContext();

  @Test
  void numbersGrowWithEachRestartAndMoreWithEachRestore() throws Exception {
    var fresh = new Attempts(context);
    assertThat(List.of(fresh.current(0), fresh.current(1), fresh.current(4_095)))
        .containsExactly(0, 1, 4_095);
    fresh.snapshot();
    var restored = new Attempts(context);
    assertThat(restored.current(0)).isEqualTo(NUMBERS_PER_RESTORE);
    assertThat(fresh.current(1_000_000)).isLessThan(restored.current(0));
  }

  @Test
  void aTaskStartsAfterTheGreatestNumberOfAllTasks() throws Exception {
    context.restores().update(List.of(2, 7, 3));
    assertThat(new Attempts(context).current(0)).isEqualTo(8 * NUMBERS_PER_RESTORE);
  }

  /** Gives a task the state of all tasks, and nothing to one that asks for its own share. */
  private static final class UnionContext extends MockFunctionInitializationContext {
    private final UnionStore store = new UnionStore();

    @Override
    public MockOperatorStateStore getOperatorStateStore() {
      return store;
    }

    ListState<Integer> restores() throws Exception {
      OperatorStateStore states = store;
      return states.getUnionListState(new ListStateDescriptor<>("restores", Types.INT));
    }
  }

  private static final class UnionStore extends MockOperatorStateStore {
    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) throws Exception {
      return super.getListState(descriptor);
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
      throw new UnsupportedOperationException();
    }
  }
}
