package io.riskstream.load;

/**
 * What became of a run.
 *
 * @param sent records of all kinds, as are those acknowledged and failed
 * @param profiles of the records acknowledged, how many are profile updates
 * @param documents of the records acknowledged, how many are documents
 * @param failed sends that were not acknowledged; Kafka may or may not hold them
 * @param firstFailure why the first of them failed; null if none did
 */
public record LoadResult(
    long sent, long acknowledged, long profiles, long documents, long failed, String firstFailure) {
  /** What became of a run of events alone. */
  public LoadResult(long sent, long acknowledged, long failed, String firstFailure) {
    this(sent, acknowledged, 0, 0, failed, firstFailure);
  }

  /** Returns how many events were acknowledged. */
  public long events() {
    return acknowledged - profiles - documents;
  }

  /** Returns whether every record that was sent was acknowledged. */
  public boolean isComplete() {
    return acknowledged == sent && failed == 0;
  }
}
