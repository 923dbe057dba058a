package io.riskstream.benchmarks.contender;

import io.riskstream.server.EmbeddedRedis;

/** What a contender has left for others of its kind to go on from, one after the other. */
public final class SavedState implements AutoCloseable {
  private final String id;
  private final String checkpoint;
  private final EmbeddedRedis redis;
  private int rewound;

  /**
   * @param id of the run that has left it, by which its topics are called
   * @param checkpoint a folder that stays
   * @param redis what that state was shown in, since a new one would be filled anew
   */
  public SavedState(String id, String checkpoint, EmbeddedRedis redis) {
    this.id = id;
    this.checkpoint = checkpoint;
    this.redis = redis;
  }

  public String id() {
    return id;
  }

  public String checkpoint() {
    return checkpoint;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  /** Returns an epoch of the hot store above all before, as each who goes on from here rewinds. */
  public int nextEpoch() {
    return ++rewound;
  }

  @Override
  public void close() {
    redis.close();
  }
}
