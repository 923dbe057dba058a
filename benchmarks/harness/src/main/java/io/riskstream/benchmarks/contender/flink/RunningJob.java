package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.lifecycle.cluster.CheckpointReport;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;

/** A job that drains its topic; what it commits is what its checkpoints hold. */
final class RunningJob implements ContenderRun {
  /** How a job's results are compared once it has been drained. */
  @FunctionalInterface
  interface Judge {
    Judgement judge(CommonPart must) throws Exception;
  }

  private final Assignment assignment;
  private final Session session;
  private final String job;
  private final Judge judge;

  RunningJob(Assignment assignment, Session session, String job, Judge judge) {
    this.assignment = assignment;
    this.session = session;
    this.job = job;
    this.judge = judge;
  }

  @Override
  public Progress progress() throws IOException {
    return assignment.progress();
  }

  @Override
  public Set<Long> processes() {
    return session.processes();
  }

  @Override
  public OptionalLong stateBytes() throws Exception {
    return session.checkpointBytes(job);
  }

  @Override
  public void requireAlive() throws Exception {
    session.requireRunning(job);
  }

  String id() {
    return assignment.id();
  }

  /** Ends the job, and returns its last checkpoint, which stays. */
  String end() throws Exception {
    return session
        .lifecycle()
        .abandon(job)
        .checkpoint()
        .map(CheckpointReport::path)
        .filter(path -> !path.isEmpty())
        .orElseThrow(() -> new IOException("the job has made no checkpoint"));
  }

  @Override
  public Judgement judge(CommonPart must) throws Exception {
    session.lifecycle().stop(job, true);
    return judge.judge(must);
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
