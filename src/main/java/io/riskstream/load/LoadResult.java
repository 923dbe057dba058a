package io.riskstream.load;

/**
 * What became of a run.
 *
 * @param failed sends that were not acknowledged; Kafka may or may not hold them
 * @param firstFailure why the first of them failed; null if none did
 */
public record LoadResult(long sent, long acknowledged, long failed, String firstFailure) {
  /** Returns whether every record that was sent was acknowledged. */
  public boolean isComplete() {
    return acknowledged == sent && failed == 0;
  }
}
