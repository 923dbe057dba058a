package io.riskstream.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.collect.utils.MockFunctionInitializationContext;
import org.apache.flink.streaming.api.operators.collect.utils.MockOperatorStateStore;
import org.junit.jupiter.api.Test;

final class FormerStateTest {
  private static final StateDescription FORMER = ofUsers("1.0", 2, 1);

  private final UnionContext context = new UnionContext();

  @Test
  void aStateThatThisVersionReadsIsTakenOverAndDescribedAnew() throws Exception {
    new FormerState(context, FORMER).snapshot(subtask(0));
    var next = ofUsers("1.1", 3, 1);
    new FormerState(context, next).snapshot(subtask(0));
    assertThat(context.kept()).containsExactly(next.encode());
  }

  @Test
  void aStateThatThisVersionDoesNotReadEndsTheJobWithoutARestart() throws Exception {
    new FormerState(context, FORMER).snapshot(subtask(0));
    assertThatThrownBy(() -> new FormerState(context, ofUsers("2.0", 4, 3)))
        .isInstanceOf(SuppressRestartsException.class)
        .cause()
        .hasMessageContainingAll("cannot go on", "users: the state has layout 2", "layouts 3 to 4");
  }

  @Test
  void oneSubtaskDescribesTheStateOfAll() throws Exception {
    new FormerState(context, FORMER).snapshot(subtask(1));
    assertThat(context.kept()).isEmpty();
    new FormerState(context, FORMER).snapshot(subtask(0));
    assertThat(context.kept()).hasSize(1);
  }

  private static StateDescription ofUsers(String version, int layout, int oldest) {
    return new StateDescription(version, 128, List.of(new StateLayout("users", layout, oldest)));
  }

  private static TaskInfo subtask(int index) {
    return new TaskInfoImpl("users", 128, index, 2, 0);
  }

  /** Gives a task the state of all tasks. */
  private static final class UnionContext extends MockFunctionInitializationContext {
    private final UnionStore store = new UnionStore();

    @Override
    public MockOperatorStateStore getOperatorStateStore() {
      return store;
    }

    List<String> kept() throws Exception {
      var state =
          store.getUnionListState(new ListStateDescriptor<>("state-description", Types.STRING));
      return StreamSupport.stream(state.get().spliterator(), false).toList();
    }
  }

  private static final class UnionStore extends MockOperatorStateStore {
    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) throws Exception {
      return super.getListState(descriptor);
    }
  }
}
