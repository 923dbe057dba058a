package io.riskstream.run;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.run.RunFolders.LeftState;
import io.riskstream.source.reader.ReadTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A run that reads what the events topic holds when it begins, commits all that comes of it, and
 * ends with a savepoint, from which the next run goes on. What is not final yet stays in the state
 * instead of being made final early, so that many runs come to what one that never ends comes to. A
 * run that dies at any point is gone on from its last complete checkpoint.
 */
public final class AvailableNow {
  /** How a run came to its end. */
  public enum Ending {
    /** There was nothing new, and no job was started. */
    NOTHING_NEW,
    /** All partitions were read up to their ends at the start. */
    READ,
    /** Somebody wanted it to stop earlier. */
    STOPPED
  }

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STOP_TIMEOUT = Duration.ofMinutes(10);

  private final RiskstreamConfig config;
  private final boolean drain;
  private final Duration timeLimitOrNull;
  private final CountDownLatch stop;
  private final Consumer<String> out;

  /**
   * @param drain whether this is the last run, which makes everything final
   * @param timeLimitOrNull after which the run is stopped in order, and fails
   * @param stop counted down by whoever wants it to stop
   * @param out takes lines for the screen
   */
  public AvailableNow(
      RiskstreamConfig config,
      boolean drain,
      Duration timeLimitOrNull,
      CountDownLatch stop,
      Consumer<String> out) {
    this.config = config;
    this.drain = drain;
    this.timeLimitOrNull = timeLimitOrNull;
    this.stop = stop;
    this.out = out;
  }

  /**
   * Runs once.
   *
   * @throws RunException if the run cannot begin, fails, or takes longer than it may; its last
   *     complete checkpoint is kept, and the next run goes on from it
   */
  public Ending run() throws RunException, IOException, InterruptedException {
    var statePath = config.run().statePath();
    try (var lock = RunLock.take(statePath);
        var progress = new GroupProgress(config.kafka())) {
      var folders = new RunFolders(statePath);
      for (var former : folders.unstopped().entrySet()) {
        FormerJob.requireGone(former.getKey(), former.getValue(), clusterConfiguration());
      }
      var left = folders.newest();
      var targets = progress.ends();
      progress.requireNoneAhead(targets);
      if (left.isPresent() && left.get().drained()) {
        throw new RunException(
            ("run %d of %s was the last: it was drained, which has made everything final. Begin anew"
                    + " with another kafka.group-id, lake.path and run.state-path and a higher"
                    + " hot-store.epoch")
                .formatted(left.get().run(), statePath));
      }
      if (!drain
          && left.isPresent()
          && left.get().stopped()
          && progress.behind(targets).isEmpty()) {
        out.accept("nothing new since run " + left.get().run() + "; its state stays as it is");
        return Ending.NOTHING_NEW;
      }
      return new Run(folders, folders.next(), progress, targets).execute(left);
    }
  }

  private Configuration clusterConfiguration() {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.configure(config.job().flink());
    return Configuration.fromMap(environment.getConfiguration().toMap());
  }

  /** One run that needs a job. */
  private final class Run {
    private final RunFolders folders;
    private final int number;
    private final GroupProgress progress;
    private final Map<Integer, Long> targets;
    private JobClient job;
    private CompletableFuture<JobExecutionResult> result;

    Run(RunFolders folders, int number, GroupProgress progress, Map<Integer, Long> targets) {
      this.folders = folders;
      this.number = number;
      this.progress = progress;
      this.targets = targets;
    }

    Ending execute(Optional<LeftState> left)
        throws RunException, IOException, InterruptedException {
      var startNanos = System.nanoTime();
      submit(left);
      out.accept(
          "run %d reads up to %s, %s"
              .formatted(
                  number,
                  targets,
                  left.map(state -> "on from " + state.path()).orElse("without earlier state")));
      var ending = awaitTargets(startNanos);
      if (ending == Ending.STOPPED && !folders.hasState(number)) {
        cancel();
        out.accept("run " + number + " stopped before its first checkpoint; nothing has changed");
        return ending;
      }
      stopWithSavepoint(drain && ending == Ending.READ);
      folders.end(number, drain && ending == Ending.READ);
      folders.removeOld();
      var seconds = (System.nanoTime() - startNanos) / 1e9;
      out.accept("run %d ended after %.1f s (%s)".formatted(number, seconds, ending));
      requireInTime(ending);
      return ending;
    }

    private void submit(Optional<LeftState> left) throws RunException, IOException {
      // Known before the job is, so that it is found again whenever this process dies.
      var jobId = JobID.generate();
      var settings = new Configuration();
      settings.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, jobId.toHexString());
      settings.set(
          CheckpointingOptions.CHECKPOINTS_DIRECTORY, folders.checkpoints(number).toString());
      settings.set(
          CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
          ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
      // Without a claim the run's first checkpoint is whole, so no folder refers to an older one.
      settings.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
      left.ifPresent(state -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, state.path()));
      var environment = StreamExecutionEnvironment.getExecutionEnvironment();
      PipelineJob.define(environment, config, new ReadTargets(targets));
      environment.configure(settings);
      if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
        throw new RunException(
            "checkpoints are off, so that nothing would ever be committed; set"
                + " flink.execution.checkpointing.interval");
      }
      folders.begin(number, jobId);
      try {
        job = environment.executeAsync(config.job().name());
      } catch (Exception failed) { // Flink declares nothing narrower
        throw new RunException("run " + number + " could not be started", failed);
      }
      result = job.getJobExecutionResult();
    }

    private Ending awaitTargets(long startNanos)
        throws RunException, IOException, InterruptedException {
      while (true) {
        if (result.isDone()) {
          throw failed();
        }
        if (folders.hasState(number) && progress.behind(targets).isEmpty()) {
          return Ending.READ;
        }
        var isLate =
            timeLimitOrNull != null && System.nanoTime() - startNanos > timeLimitOrNull.toNanos();
        if (isLate || stop.await(POLL.toNanos(), TimeUnit.NANOSECONDS)) {
          return Ending.STOPPED;
        }
      }
    }

    private void stopWithSavepoint(boolean drained)
        throws RunException, IOException, InterruptedException {
      var stopped =
          job.stopWithSavepoint(
              drained, folders.savepoint(number).toString(), SavepointFormatType.CANONICAL);
      // A process that runs the job itself may end it before it has said how the stop went.
      var said = CompletableFuture.anyOf(stopped, result).handle((value, failure) -> failure);
      try {
        var failure = said.get(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        if (failure != null && !result.isDone()) {
          cancel();
          throw new RunException(
              "run " + number + " could not leave a savepoint; its last checkpoint is kept",
              failure);
        }
        result.get(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException ended) {
        throw failed();
      } catch (TimeoutException late) {
        cancel();
        throw new RunException(
            "run %d did not stop within %d min; its last checkpoint is kept"
                .formatted(number, STOP_TIMEOUT.toMinutes()),
            late);
      }
      if (!folders.hasSavepoint(number)) {
        throw new RunException("run " + number + " ended without the savepoint it was to leave");
      }
    }

    private void cancel() throws InterruptedException, RunException {
      try {
        job.cancel().get(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException failed) {
        throw new RunException("the job of run " + number + " cannot be cancelled", failed);
      }
    }

    private RunException failed() throws InterruptedException {
      Throwable cause = null;
      try {
        result.get();
      } catch (ExecutionException failed) {
        cause = failed.getCause();
      }
      return new RunException(
          "the job of run %d has ended on its own; its last checkpoint is kept, and the next run goes on"
                  .formatted(number)
              + " from it",
          cause);
    }

    private void requireInTime(Ending ending) throws RunException {
      if (ending == Ending.STOPPED && stop.getCount() > 0) {
        throw new RunException(
            "run %d has not reached the offsets at its start within %d s; it has stopped in order, and"
                    .formatted(number, timeLimitOrNull.toSeconds())
                + " the next run goes on from there");
      }
    }
  }
}
