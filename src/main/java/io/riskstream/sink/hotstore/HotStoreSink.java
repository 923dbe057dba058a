package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.UserSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes each user's newest snapshot to the hash {@code risk:user:{<user id>}} of a Redis, at least
 * once. The idempotence key is the user with the snapshot's version: Redis compares and sets, so a
 * hash never goes back, whatever is repeated, delayed or written by two writers.
 *
 * <p>The stream is never held up: while Redis is slow or away, the newest snapshot of each user
 * waits in memory, up to a bound of users; beyond it snapshots of further users are dropped and
 * counted, and their hashes are stale until these users are seen again. A checkpoint keeps what
 * waits. On restore Flink deals the kept chunks out over the subtasks, so a user's snapshot may be
 * written by another subtask than the one that gets the user's next; the comparison of versions
 * makes that harmless.
 */
public final class HotStoreSink
    implements Sink<UserSnapshot>, SupportsWriterState<UserSnapshot, SnapshotChunk> {
  private static final long serialVersionUID = 1L;

  private final String uri;
  private final int bufferSize;
  private final int batchSize;
  private final Duration flushTimeout;
  private final Duration drainTimeout;
  private final int epoch;

  /**
   * Makes the sink; each writer connects by itself.
   *
   * @throws IllegalArgumentException if the configuration cannot work, without the address's
   *     secrets
   */
  public HotStoreSink(HotStoreConfig config) {
    RedisAddress.parse(config.uri());
    if (config.bufferSize() < 1 || config.batchSize() < 1) {
      throw new IllegalArgumentException(
          "the hot store needs a buffer and a batch size of 1 or more, but has "
              + config.bufferSize()
              + " and "
              + config.batchSize());
    }
    uri = config.uri();
    bufferSize = config.bufferSize();
    batchSize = config.batchSize();
    flushTimeout = config.flushTimeout();
    drainTimeout = config.drainTimeout();
    epoch = config.epoch();
  }

  @Override
  public HotStoreWriter createWriter(WriterInitContext context) {
    return HotStoreWriter.start(config(), context, List.of());
  }

  @Override
  public StatefulSinkWriter<UserSnapshot, SnapshotChunk> restoreWriter(
      WriterInitContext context, Collection<SnapshotChunk> unwritten) {
    return HotStoreWriter.start(config(), context, unwritten);
  }

  @Override
  public SimpleVersionedSerializer<SnapshotChunk> getWriterStateSerializer() {
    return new SnapshotChunk.Serializer();
  }

  private HotStoreConfig config() {
    return new HotStoreConfig(uri, bufferSize, batchSize, flushTimeout, drainTimeout, epoch);
  }
}
