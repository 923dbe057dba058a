package io.riskstream.lifecycle;

import io.riskstream.lifecycle.change.Change;
import io.riskstream.lifecycle.change.ChangeOutcome;
import io.riskstream.lifecycle.change.ChangeRequest;
import io.riskstream.lifecycle.change.ChangeRequest.Program;
import io.riskstream.lifecycle.change.Health;
import io.riskstream.lifecycle.change.Journal;
import io.riskstream.lifecycle.change.Starting;
import io.riskstream.lifecycle.change.Stopping;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.ListedJob;
import io.riskstream.lifecycle.cluster.NoAnswerException;
import io.riskstream.lifecycle.cluster.Progress;
import io.riskstream.lifecycle.cluster.StopRequestedException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.program.JobJar;
import io.riskstream.lifecycle.program.PreparedJob;
import io.riskstream.lifecycle.program.ProgramSettings;
import io.riskstream.lifecycle.record.Deployment;
import io.riskstream.lifecycle.record.Deployments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be done with the job on a cluster. Everything waits until the cluster shows that it is
 * so, within a time limit; nothing ends a job without a savepoint but {@link #abandon}.
 */
public final class Lifecycle {
  private static final String FILE = "file:";

  private final FlinkCluster cluster;
  private final Deployments deployments;
  private final Journal journal;
  private final Progress progress;
  private final Wait wait;
  private int checkpoints = 3;
  private String savepoints;

  /**
   * @param deployments folder of the record of deployments; made when it is needed
   * @param limit of each wait
   */
  public Lifecycle(FlinkCluster cluster, Path deployments, Duration limit, Progress progress) {
    this.cluster = cluster;
    this.deployments = new Deployments(deployments);
    this.journal = new Journal(this.deployments, cluster.address());
    this.progress = progress;
    this.wait = new Wait(progress, limit);
  }

  /** Sets how many checkpoints a new version must complete to be healthy; 3 otherwise. */
  public Lifecycle withHealthyCheckpoints(int count) {
    checkpoints = count;
    return this;
  }

  /** Sets the folder of savepoints, one that the cluster can write; its own otherwise. */
  public Lifecycle withSavepoints(String folderOrNull) {
    savepoints = folderOrNull;
    return this;
  }

  /**
   * Submits a job and waits until every task of it runs.
   *
   * @param arguments of its program: {@code pipeline --config FILE} and what follows
   * @param savepointOrNull a savepoint or retained checkpoint to start from
   * @param parallelismOrZero 0 for that of the configuration
   * @return the job's id
   */
  public String submit(
      JobJar jar, List<String> arguments, String savepointOrNull, int parallelismOrZero)
      throws LifecycleException, InterruptedException {
    requireSavepoint(savepointOrNull);
    try (var lock = deployments.lock()) {
      var unfinished = unfinished();
      if (unfinished.isPresent() && unfinished.get().savepoint().isPresent()) {
        if (savepointOrNull == null) {
          throw new LifecycleException(unfinished.get().text());
        }
        progress.line(unfinished.get().text());
      }
      var program = new Program(jar, arguments, parallelismOrZero, 0);
      var settings = new ProgramSettings(arguments, parallelismOrZero, cluster.configuration());
      var starting = new Starting(cluster, wait);
      var job = FlinkCluster.newId();
      try (var prepared = PreparedJob.prepare(jar, settings, job, cluster.address(), wait)) {
        starting.requireNoneOfName(prepared.graph().jobName());
        starting.requireRoom(prepared.graph(), cluster.freeSlots());
        journal.add("submit", prepared, program, savepointOrNull == null ? "" : savepointOrNull);
        prepared.submit(savepointOrNull);
        journal.end();
      }
      progress.line("job " + job + " is submitted: " + cluster.page(job));
      starting.awaitRunning(job);
      return job;
    }
  }

  /** A path of this computer is looked up; any other is left to the cluster. */
  private static void requireSavepoint(String savepointOrNull) throws LifecycleException {
    if (savepointOrNull == null) {
      return;
    }
    var local = savepointOrNull.startsWith(FILE);
    if (!local && savepointOrNull.contains(":")) {
      return;
    }
    var path =
        Path.of(
            local
                ? savepointOrNull.substring(FILE.length()).replaceFirst("^//+", "/")
                : savepointOrNull);
    if (!path.isAbsolute()) {
      throw new LifecycleException(
          "--from %s is no absolute path and no URI, as the cluster needs it".formatted(path));
    }
    if (!Files.exists(path)) {
      throw new LifecycleException(
          "there is no savepoint or checkpoint %s; riskstream stop prints the path of the one it leaves, and riskstream status that of the last checkpoint"
              .formatted(path));
    }
    if (Files.isDirectory(path) && !Files.exists(path.resolve("_metadata"))) {
      throw new LifecycleException(
          "%s is no complete savepoint or checkpoint: it has no file _metadata. Give the folder that has it"
              .formatted(path));
    }
  }

  /**
   * Returns how a job is.
   *
   * @param job id or name; null for the only one that runs
   */
  public JobReport status(String job) throws LifecycleException, InterruptedException {
    return require(cluster.find(job).id());
  }

  private JobReport require(String job) throws LifecycleException, InterruptedException {
    return cluster
        .report(job)
        .orElseThrow(
            () -> new LifecycleException("the cluster does not know job " + job + " any more"));
  }

  /** Returns what a change has left that was not finished. */
  public Optional<Unfinished> unfinished() throws LifecycleException, InterruptedException {
    var operation = deployments.underWay();
    return operation.isEmpty()
        ? Optional.empty()
        : Optional.of(Unfinished.look(cluster, operation.get()));
  }

  /**
   * Stops a job behind a savepoint.
   *
   * @param job id or name; null for the only one that runs
   * @param drain whether all that is pending is made final, so that nothing goes on from it
   * @return the path of the savepoint
   */
  public String stop(String job, boolean drain) throws LifecycleException, InterruptedException {
    var id = cluster.find(job).id();
    var stopping = new Stopping(cluster, wait);
    var trigger = FlinkCluster.newId();
    stopping.requirePossible(id, savepoints);
    stopping.ask(id, trigger, savepoints, drain);
    try {
      return stopping.await(id, trigger).savepoint();
    } catch (StopRequestedException interrupted) {
      throw new StopRequestedException(
          interrupted.getMessage()
              + "%n  the cluster goes on with it: riskstream status %s shows its savepoint"
                  .formatted(id));
    }
  }

  /**
   * Ends a job as it is, without a savepoint.
   *
   * @return how it was at its end; it can be gone on with from its last checkpoint, if that is
   *     retained
   */
  public JobReport abandon(String job) throws LifecycleException, InterruptedException {
    return new Stopping(cluster, wait).abandon(cluster.find(job).id());
  }

  /**
   * Puts another version in the place of the one that runs, and that one back if the new one is
   * unhealthy.
   *
   * @param job id or name; null for the only one that runs
   * @param target what is to run
   */
  public ChangeOutcome upgrade(String job, UpgradeTarget target)
      throws LifecycleException, InterruptedException {
    return change(
        "upgrade",
        job,
        (running, current) -> {
          var former = former(current, target, running);
          var arguments = new ArrayList<>(target.arguments().orElse(former.arguments()));
          arguments.addAll(target.overrides());
          return new Pair(
              former,
              new Program(
                  target.jar(),
                  arguments,
                  target.parallelism() > 0 ? target.parallelism() : former.parallelism(),
                  current.map(Deployment::number).orElse(0)));
        });
  }

  private Program former(Optional<Deployment> current, UpgradeTarget target, JobReport running)
      throws LifecycleException {
    if (target.formerJar().isPresent()) {
      var arguments = current.map(Deployment::arguments).or(target::arguments);
      return new Program(
          target.formerJar().get(),
          arguments.orElseThrow(() -> unrecorded(running.id(), "--config")),
          running.parallelism(),
          0);
    }
    return program(
        current.orElseThrow(() -> unrecorded(running.id(), "--former-jar, and --config")),
        target.jar().flinkJars());
  }

  /** Puts the former version in the place of the one that runs, from a new savepoint. */
  public ChangeOutcome rollback(String job, List<Path> flinkJars)
      throws LifecycleException, InterruptedException {
    return change(
        "rollback",
        job,
        (running, recorded) -> {
          var current =
              recorded.orElseThrow(
                  () -> unrecorded(running.id(), "riskstream upgrade --jar, with --former-jar"));
          var target =
              deployments
                  .former(current)
                  .orElseThrow(
                      () ->
                          new LifecycleException(
                              "the record %s knows no version before that of job %s; riskstream upgrade --jar takes any"
                                  .formatted(deployments.folder(), running.id())));
          var back = program(target, flinkJars);
          return new Pair(
              program(current, flinkJars),
              new Program(back.jar(), back.arguments(), current.parallelism(), target.former()));
        });
  }

  /** Runs the same program with another parallelism. */
  public ChangeOutcome rescale(String job, int parallelism, List<Path> flinkJars)
      throws LifecycleException, InterruptedException {
    return change(
        "rescale",
        job,
        (running, recorded) -> {
          if (running.parallelism() == parallelism) {
            throw new LifecycleException(
                "job %s has parallelism %d already".formatted(running.id(), parallelism));
          }
          var current =
              recorded.orElseThrow(
                  () ->
                      unrecorded(
                          running.id(),
                          "riskstream upgrade --jar, with --parallelism and --former-jar"));
          var former = program(current, flinkJars);
          return new Pair(
              // As it runs, also where its configuration said how many.
              new Program(
                  former.jar(), former.arguments(), running.parallelism(), former.rollback()),
              new Program(former.jar(), former.arguments(), parallelism, former.rollback()));
        });
  }

  /** What runs, and what is to. */
  private record Pair(Program former, Program next) {}

  /** Decides which they are. */
  @FunctionalInterface
  private interface Choice {
    Pair choose(JobReport running, Optional<Deployment> current) throws LifecycleException;
  }

  private ChangeOutcome change(String action, String job, Choice choice)
      throws LifecycleException, InterruptedException {
    try (var lock = deployments.lock()) {
      var unfinished = unfinished();
      if (unfinished.isPresent()) {
        // Whoever has submitted a job since then has gone on by himself.
        if (unfinished.get().savepoint().isPresent()
            && cluster.jobs().stream().allMatch(one -> one.state().hasEnded())) {
          throw new LifecycleException(unfinished.get().text());
        }
        progress.line(unfinished.get().text());
      }
      var running = require(cluster.find(job).id());
      var pair = choice.choose(running, deployments.of(running.id()));
      try {
        return new Change(cluster, journal, progress, wait)
            .run(
                new ChangeRequest(
                    action,
                    running.id(),
                    pair.former(),
                    pair.next(),
                    new Health(checkpoints),
                    savepoints));
      } catch (StopRequestedException interrupted) {
        throw new StopRequestedException(interrupted.getMessage() + "\n  " + left());
      } catch (LifecycleException failed) {
        if (deployments.underWay().isEmpty()) {
          throw failed;
        }
        throw new LifecycleException(failed.getMessage() + "\n  " + left(), failed.getCause());
      }
    }
  }

  /** Says in which state a change is that ended before its time. */
  private String left() throws LifecycleException, InterruptedException {
    try {
      return unfinished().map(Unfinished::text).orElse("nothing was stopped");
    } catch (NoAnswerException silent) {
      return "riskstream status tells how things are when the cluster answers again; "
          + deployments.underWay().map(Unfinished::noted).orElse("nothing was stopped");
    }
  }

  private Program program(Deployment deployment, List<Path> flinkJars) throws LifecycleException {
    return new Program(
        new JobJar(deployments.jar(deployment), flinkJars),
        deployment.arguments(),
        deployment.parallelism(),
        deployment.former());
  }

  private LifecycleException unrecorded(String job, String remedy) {
    return new LifecycleException(
        "the record of deployments %s does not know job %s: it was submitted elsewhere, or with another --deployments. Name what runs by %s"
            .formatted(deployments.folder(), job, remedy));
  }

  /** Returns every job that the cluster remembers. */
  public List<ListedJob> jobs() throws LifecycleException, InterruptedException {
    return cluster.jobs();
  }
}
