package io.riskstream.run;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.run.RunFolders.LeftState;
import io.riskstream.source.reader.ReadTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * A run that reads what the topics of events and profiles hold when it begins, commits all that
 * comes of it, and ends with a savepoint, from which the next run goes on. What is not final yet
 * stays in the state instead of being made final early, so that many runs come to what one that
 * never ends comes to. A run that dies at any point is gone on from its last complete checkpoint.
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
  private static final Duration STOP_POLL = Duration.ofSeconds(1);
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
   *     complete checkpoint is kept, and the next run goes on from it. A state that the group has
   *     gone on from elsewhere is refused, but for one of a run that was killed: that one has not
   *     said how far it is
   */
  public Ending run() throws RunException, IOException, InterruptedException {
    try (var lock = RunLock.take(config.run().statePath())) {
      return run(lock);
    }
  }

  /** Runs once under the lock, for as long as it is not lost. */
  Ending run(RunLock lock) throws RunException, IOException, InterruptedException {
    var statePath = config.run().statePath();
    try (var progress = new GroupProgress(config.kafka(), config.kafka().eventsTopic());
        var profiles = new GroupProgress(config.kafka(), config.kafka().profilesTopic())) {
      var folders = new RunFolders(statePath);
      for (var former : folders.unstopped().entrySet()) {
        FormerJob.requireGone(former.getKey(), former.getValue(), cluster());
      }
      var left = folders.newest();
      var targets = progress.ends();
      progress.requireNoneAhead(targets);
      var profileTargets = profiles.ends();
      profiles.requireNoneAhead(profileTargets);
      if (left.isPresent() && left.get().drained()) {
        throw new RunException(
            ("run %d of %s was the last: it was drained, which has made everything final. Begin anew"
                    + " with another kafka.group-id, lake.path and run.state-path and a higher"
                    + " hot-store.epoch")
                .formatted(left.get().run(), statePath));
      }
      if (left.isPresent()) {
        progress.requireNoneBeyond(left.get(), statePath);
      }
      if (!drain
          && left.isPresent()
          && left.get().stopped()
          && progress.behind(targets).isEmpty()
          && profiles.behind(profileTargets).isEmpty()) {
        out.accept("nothing new since run " + left.get().run() + "; its state stays as it is");
        return Ending.NOTHING_NEW;
      }
      return new Run(lock, folders, folders.next(), progress, targets, profiles, profileTargets)
          .execute(left);
    }
  }

  private Configuration cluster() {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.configure(config.job().flink());
    return Configuration.fromMap(environment.getConfiguration().toMap());
  }

  /** One run that needs a job. */
  private final class Run {
    private final RunLock lock;
    private final RunFolders folders;
    private final int number;
    private final GroupProgress progress;
    private final Map<Integer, Long> targets;
    private final GroupProgress profiles;
    private final Map<Integer, Long> profileTargets;
    private JobClient job;
    private CompletableFuture<JobExecutionResult> result;
    private boolean hasState;
    private boolean isKafkaSilent;
    private boolean cancelled;

    Run(
        RunLock lock,
        RunFolders folders,
        int number,
        GroupProgress progress,
        Map<Integer, Long> targets,
        GroupProgress profiles,
        Map<Integer, Long> profileTargets) {
      this.lock = lock;
      this.folders = folders;
      this.number = number;
      this.progress = progress;
      this.targets = targets;
      this.profiles = profiles;
      this.profileTargets = profileTargets;
    }

    Ending execute(Optional<LeftState> left)
        throws RunException, IOException, InterruptedException {
      var startNanos = System.nanoTime();
      submit(left);
      try {
        out.accept(
            "run %d reads up to %s, %s"
                .formatted(
                    number,
                    targets,
                    left.map(state -> "on from " + state.path()).orElse("without earlier state")));
        return toItsEnd(startNanos);
      } catch (RunException | IOException | InterruptedException | RuntimeException failure) {
        cancelAfter(failure);
        throw failure;
      }
    }

    private Ending toItsEnd(long startNanos)
        throws RunException, IOException, InterruptedException {
      var ending = awaitTargets(startNanos);
      if (ending == Ending.STOPPED && !folders.hasState(number)) {
        cancel();
        if (stop.getCount() > 0) {
          throw new RunException(
              ("run %d has not completed a checkpoint within %d s; it was cancelled, and nothing has"
                      + " changed. Allow more time, or look at why it is slow to begin")
                  .formatted(number, timeLimitOrNull.toSeconds()));
        }
        out.accept("run " + number + " stopped before its first checkpoint; nothing has changed");
        return ending;
      }
      var drained = drain && ending == Ending.READ;
      stopWithSavepoint(drained);
      folders.end(number, drained, offsets(ending));
      folders.removeOld();
      var seconds = (System.nanoTime() - startNanos) / 1e9;
      out.accept("run %d ended after %.1f s (%s)".formatted(number, seconds, ending));
      requireInTime(ending);
      return ending;
    }

    /** Returns how far the state is that was left, for the next run to compare. */
    private Optional<Map<Integer, Long>> offsets(Ending ending)
        throws RunException, InterruptedException {
      try {
        var offsets = new TreeMap<>(progress.committed());
        if (ending == Ending.READ) { // all of them, also where nothing is committed, as it is empty
          targets.forEach((partition, target) -> offsets.merge(partition, target, Math::max));
        }
        return Optional.of(offsets);
      } catch (NotYetException silent) {
        out.accept(silent.getMessage() + "; so the next run does not compare that with its state");
        return Optional.empty();
      }
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
      PipelineJob.define(
          environment, config, new ReadTargets(targets), new ReadTargets(profileTargets));
      environment.configure(settings);
      if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
        throw new RunException(
            "checkpoints are off, so that nothing would ever be committed; set"
                + " flink.execution.checkpointing.interval");
      }
      folders.begin(number, StartedJob.of(jobId, cluster()));
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
        requireLock();
        if (areTargetsReached()) {
          return Ending.READ;
        }
        var isLate =
            timeLimitOrNull != null && System.nanoTime() - startNanos > timeLimitOrNull.toNanos();
        if (isLate || stop.await(POLL.toNanos(), TimeUnit.NANOSECONDS)) {
          return Ending.STOPPED;
        }
      }
    }

    private boolean areTargetsReached() throws RunException, IOException, InterruptedException {
      hasState = hasState || folders.hasState(number);
      if (!hasState) {
        return false;
      }
      try {
        var reached =
            progress.behind(targets).isEmpty() && profiles.behind(profileTargets).isEmpty();
        isKafkaSilent = false;
        return reached;
      } catch (NotYetException silent) {
        if (!isKafkaSilent) {
          out.accept(silent.getMessage() + "; run " + number + " goes on, and it is asked again");
        }
        isKafkaSilent = true;
        return false;
      }
    }

    private void requireLock() throws RunException {
      if (lock.isLost()) {
        throw new RunException(
            ("run %d does not hold the lock of %s any more, so that another run may begin: either one"
                    + " has, or the lock could not be renewed. It is cancelled; its last checkpoint is"
                    + " kept")
                .formatted(number, config.run().statePath()));
      }
    }

    private void stopWithSavepoint(boolean drained)
        throws RunException, IOException, InterruptedException {
      requireLock();
      if (drained) {
        folders.beginDrain(number);
      }
      var stopped =
          job.stopWithSavepoint(
              drained, folders.savepoint(number).toString(), SavepointFormatType.CANONICAL);
      // A process that runs the job itself may end it before it has said how the stop went.
      var said = CompletableFuture.anyOf(stopped, result).handle((value, failure) -> failure);
      try {
        var failure = answer(said);
        if (failure != null && !result.isDone()) {
          throw new RunException(
              "run " + number + " could not leave a savepoint; its last checkpoint is kept",
              failure);
        }
        result.get(STOP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException ended) {
        throw failed();
      } catch (TimeoutException late) {
        throw new RunException(
            "run %d did not stop within %d min; its last checkpoint is kept"
                .formatted(number, STOP_TIMEOUT.toMinutes()),
            late);
      }
      requireLock();
      if (!folders.hasSavepoint(number)) {
        throw new RunException("run " + number + " ended without the savepoint it was to leave");
      }
    }

    private Throwable answer(CompletableFuture<Throwable> said)
        throws RunException, InterruptedException, ExecutionException, TimeoutException {
      var startNanos = System.nanoTime();
      while (true) {
        try {
          return said.get(STOP_POLL.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
          requireLock();
          if (System.nanoTime() - startNanos > STOP_TIMEOUT.toNanos()) {
            throw late;
          }
        }
      }
    }

    /** A run that leaves without its job would leave it to read on with nobody to stop it. */
    private void cancelAfter(Exception failure) {
      if (cancelled || result.isDone()) {
        return;
      }
      try {
        cancel();
      } catch (RunException alive) {
        failure.addSuppressed(alive);
      } catch (InterruptedException interrupted) {
        failure.addSuppressed(interrupted);
        Thread.currentThread().interrupt();
      }
    }

    private void cancel() throws InterruptedException, RunException {
      cancelled = true;
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
