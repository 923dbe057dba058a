package io.riskstream.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import io.riskstream.testkit.HeldSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job on a cluster that restarts what fails, for ever. */
@Timeout(120)
final class FormerStateITCase {
  private static final String SOURCE = "numbers";
  private static final long PATIENCE_SECONDS = 60;
  private static final AtomicInteger SNAPSHOTS = new AtomicInteger();
  private static final AtomicInteger STARTS = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void aStateThatIsNotReadEndsTheJobAtItsStartAndIsNotTriedAgain() throws Exception {
    var savepoint = savepointOf("users=2");
    STARTS.set(0);
    var job = environment(savepoint, "users=4:3").executeAsync();
    assertThatThrownBy(() -> job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .hasStackTraceContaining("the job cannot go on from this state")
        .hasStackTraceContaining("users: the state has layout 2")
        .hasStackTraceContaining("reads layouts 3 to 4");
    assertThat(STARTS).hasValue(1);
    HeldSource.forget(SOURCE);
  }

  private String savepointOf(String layouts) throws Exception {
    var job = environment(null, layouts).executeAsync();
    Await.until("a checkpoint", () -> SNAPSHOTS.get() > 0);
    var savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    HeldSource.forget(SOURCE);
    return savepoint;
  }

  private static StreamExecutionEnvironment environment(String savepointOrNull, String layouts) {
    var flink =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval", "50 ms",
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "1000",
                "restart-strategy.fixed-delay.delay", "10 ms"));
    if (savepointOrNull != null) {
      flink.setString("execution.state-recovery.path", savepointOrNull);
    }
    var environment = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    environment
        .fromSource(
            HeldSource.of(SOURCE, List.of(List.of(1, 2)), List.of(1)),
            WatermarkStrategy.noWatermarks(),
            SOURCE,
            Types.INT)
        .uid(SOURCE)
        .process(new Keeping(layouts))
        .returns(Types.INT)
        .uid("keeping")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    return environment;
  }

  private static final class Keeping extends ProcessFunction<Integer, Integer>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    private final String layouts;
    private transient FormerState former;

    Keeping(String layouts) {
      this.layouts = layouts;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      STARTS.incrementAndGet();
      former =
          new FormerState(context, StateDescription.of(Map.of("riskstream.state", layouts)).get());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      SNAPSHOTS.incrementAndGet();
      former.snapshot(getRuntimeContext().getTaskInfo());
    }

    @Override
    public void processElement(Integer number, Context context, Collector<Integer> out) {
      out.collect(number);
    }
  }
}
