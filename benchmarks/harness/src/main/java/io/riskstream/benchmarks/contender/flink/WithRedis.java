package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.SavedState;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.server.EmbeddedRedis;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;

/** A run that writes to a Redis. */
final class WithRedis implements ContenderRun {
  private final RunningJob job;
  private final EmbeddedRedis redis;
  private boolean isLeft;

  private WithRedis(RunningJob job, EmbeddedRedis redis, boolean isLeft) {
    this.job = job;
    this.redis = redis;
    this.isLeft = isLeft;
  }

  /** Brings the Redis along; both end together. */
  static WithRedis ofItsOwn(RunningJob job, EmbeddedRedis redis) {
    return new WithRedis(job, redis, false);
  }

  /** Finds the Redis there, and leaves it. */
  static WithRedis foundThere(RunningJob job, EmbeddedRedis redis) {
    return new WithRedis(job, redis, true);
  }

  @Override
  public Progress progress() throws IOException {
    return job.progress();
  }

  @Override
  public Set<Long> processes() {
    return job.processes();
  }

  @Override
  public Set<Long> servers() {
    return Set.of(redis.pid());
  }

  @Override
  public OptionalLong stateBytes() throws Exception {
    return job.stateBytes();
  }

  @Override
  public void requireAlive() throws Exception {
    job.requireAlive();
  }

  @Override
  public SavedState save() throws Exception {
    var checkpoint = job.end();
    isLeft = true;
    return new SavedState(job.id(), checkpoint, redis);
  }

  @Override
  public Judgement judge(CommonPart must) throws Exception {
    return job.judge(must);
  }

  @Override
  public void close() throws IOException {
    try {
      job.close();
    } finally {
      if (!isLeft) {
        redis.close();
      }
    }
  }
}
