package io.riskstream.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * The Redis hot store and how it is written; shipped with the job to those who write it.
 *
 * @param uri {@code redis://} or {@code rediss://} with host, port and, where needed, user,
 *     password and database
 * @param bufferSize most users whose newest snapshot a writer holds while Redis is slow or away
 * @param batchSize most writes in one pipeline
 * @param flushTimeout longest that a checkpoint waits for buffered writes; what is left is kept in
 *     the checkpoint
 * @param drainTimeout longest that the end of the job waits for buffered writes
 * @param epoch first part of every snapshot's version; raised by hand when the job is rewound
 * @param alertRetention how long an alert is shown
 * @param alertIndexSize most alerts that the index by time names
 */
public record HotStoreConfig(
    String uri,
    int bufferSize,
    int batchSize,
    Duration flushTimeout,
    Duration drainTimeout,
    int epoch,
    Duration alertRetention,
    int alertIndexSize)
    implements Serializable {
  /** Returns the URI without user and password, fit to be printed. */
  public String displayUri() {
    return uri.replaceFirst("://.*@", "://");
  }

  /** Returns all but the credentials. */
  @Override
  public String toString() {
    return "HotStoreConfig[uri=%s, bufferSize=%d, batchSize=%d, epoch=%d]"
        .formatted(displayUri(), bufferSize, batchSize, epoch);
  }
}
