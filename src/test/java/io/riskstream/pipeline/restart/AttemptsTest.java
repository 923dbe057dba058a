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
  private static final long NOON = 1_767_268_800_000L;
  private static final long RESTART = 500;

  private final UnionContext context = new UnionContext();

  @Test
  void aRestartFromTheSameStateAndAStartWithoutAnyHaveGreaterNumbersToo() throws Exception {
    var first = new Attempts(context).begin(NOON);
    var second = new Attempts(context).begin(NOON + RESTART);
    assertThat(second).isGreaterThan(first);
    var withoutState = new Attempts(new UnionContext()).begin(NOON + 2 * RESTART);
    assertThat(withoutState).isGreaterThan(second);
  }

  @Test
  void aRestoreHasAGreaterNumberThanTheRunBeforeItWhateverTheClockSays() throws Exception {
    var before = new Attempts(context);
    var number = before.begin(NOON);
    before.snapshot();
    assertThat(new Attempts(context).begin(NOON)).isEqualTo(number + 1);
    var after = new Attempts(context);
    assertThat(after.begin(NOON - 1_000_000)).isEqualTo(number + 1);
    after.snapshot();
    assertThat(new Attempts(context).begin(0)).isEqualTo(number + 2);
  }

  @Test
  void aTaskStartsAfterTheGreatestNumberOfAllTasks() throws Exception {
    context.restores().update(List.of(2, 2_000_000_000, 3));
    assertThat(new Attempts(context).begin(NOON)).isEqualTo(2_000_000_001);
  }

  /** 4,096 of them to a restore. */
  @Test
  void theNumbersOfFormerReleasesAreSmaller() throws Exception {
    context.restores().update(List.of(50_000));
    assertThat(new Attempts(context).begin(NOON)).isGreaterThan(50_000 * 4_096);
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
