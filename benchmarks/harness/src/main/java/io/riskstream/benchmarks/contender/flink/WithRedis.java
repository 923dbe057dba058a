package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.server.EmbeddedRedis;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;

/** A run that brings its own Redis along; both end together. */
record WithRedis(ContenderRun job, EmbeddedRedis redis) implements ContenderRun {
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
  public String savepoint() throws Exception {
    return job.savepoint();
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
      redis.close();
    }
  }
}
