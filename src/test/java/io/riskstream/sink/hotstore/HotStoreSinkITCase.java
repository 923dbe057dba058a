package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.HotUpdate;
import io.riskstream.testkit.Snapshots;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sink inside Flink's own writer operator: what is unwritten comes back after rescaling. */
@Timeout(60)
class HotStoreSinkITCase {
  private static final int USERS = 1_700;
  private static final int MAX_PARALLELISM = 8;

  @Test
  void restoresWhatIsUnwrittenAtAnotherParallelism() throws Exception {
    try (var store = new HotStoreFixture()) {
      store.redis.crash();
      var sink = new HotStoreSink(store.config(), store.control, Duration.ZERO);
      var state = unwrittenState(sink);
      store.redis.startAgain();
      for (var subtask = 0; subtask < 2; subtask++) {
        try (var harness = harness(sink, 2, subtask)) {
          harness.initializeState(
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 2, subtask));
          harness.open();
          harness.endInput();
        }
      }
      assertThat(store.users()).isEqualTo(USERS);
    }
  }

  /** Writes to a Redis that is down and closes before it is back. */
  private static OperatorSubtaskState unwrittenState(HotStoreSink sink) throws Exception {
    try (var harness = harness(sink, 1, 0)) {
      harness.open();
      for (var user = 0; user < USERS; user++) {
        harness.processElement(Snapshots.of("user-" + user, 1), 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      return harness.snapshot(1, 1);
    }
  }

  private static OneInputStreamOperatorTestHarness<HotUpdate, CommittableMessage<Void>> harness(
      HotStoreSink sink, int parallelism, int subtask) throws Exception {
    OneInputStreamOperatorFactory<HotUpdate, CommittableMessage<Void>> factory =
        new SinkWriterOperatorFactory<>(sink);
    return new OneInputStreamOperatorTestHarness<>(
        factory, MAX_PARALLELISM, parallelism, subtask, new OperatorID());
  }
}
