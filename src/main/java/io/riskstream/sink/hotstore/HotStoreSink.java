package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.HotUpdate;
import io.riskstream.sink.control.ControlPublisher;
import io.riskstream.sink.hotstore.redis.RedisAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes each user's newest snapshot to the hash {@code risk:user:{<user id>}} of a Redis, keeps
 * {@code risk:top} and the alerts beside them, and says in {@code risk:pipeline} how the pipeline
 * is; at least once. The idempotence key is the user or alert with its version: Redis compares and
 * sets, so a hash never goes back, whatever is repeated, delayed or written by two writers.
 *
 * <p>The stream is never held up: while Redis is slow, away or refuses to be written, the newest
 * snapshot of each user waits in memory, up to a bound of users; beyond it snapshots of further
 * users are dropped and counted. Once Redis is back the writer asks, by a document on the control
 * topic, that all users be shown again, as it does when Redis was restarted; until that has come
 * through it is degraded, over restores too (decision 0006). A checkpoint keeps what waits. On
 * restore Flink deals the kept chunks out over the subtasks, so a user's snapshot may be written by
 * another subtask than the one that gets the user's next; the comparison of versions makes that
 * harmless.
 *
 * <p>A writer whose first connection Redis refuses (password, permissions) fails the job, as a
 * mistake in its configuration; afterwards nothing that Redis answers does, up to the end of the
 * input. A snapshot whose key holds another kind of value is left out and counted.
 */
public final class HotStoreSink
    implements Sink<HotUpdate>, SupportsWriterState<HotUpdate, UpdateChunk> {
  private static final long serialVersionUID = 1L;

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private final HotStoreConfig config;

  /** Null where the writers are of windows, which ask for nothing. */
  private final ControlPublisher controlOrNull;

  private final Duration allowedLateness;

  /**
   * Makes the sink of users and alerts, whose writers speak for the pipeline; each writer connects
   * by itself.
   *
   * @param control where a writer asks for a rebuild
   * @param allowedLateness of the pipeline: how far the finality line is behind the watermark
   * @throws IllegalArgumentException if the configuration cannot work, without the address's
   *     secrets
   */
  public HotStoreSink(HotStoreConfig config, ControlPublisher control, Duration allowedLateness) {
    this(Objects.requireNonNull(control, "control"), allowedLateness, config);
  }

  /**
   * Returns the sink of windows, which come from another operator than the users. Its writers say
   * nothing of the pipeline and ask for nothing: what Redis lost comes again by itself, with the
   * next revision or window.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  public static HotStoreSink ofWindows(HotStoreConfig config) {
    return new HotStoreSink(null, Duration.ZERO, config);
  }

  private HotStoreSink(
      ControlPublisher controlOrNull, Duration allowedLateness, HotStoreConfig config) {
    RedisAddress.parse(config.uri());
    if (config.bufferSize() < 1 || config.batchSize() < 1) {
      throw new IllegalArgumentException(
          "the hot store needs a buffer and a batch size of 1 or more, but has "
              + config.bufferSize()
              + " and "
              + config.batchSize());
    }
    this.config = config;
    this.controlOrNull = controlOrNull;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public HotStoreWriter createWriter(WriterInitContext context) {
    return HotStoreWriter.start(
        config, controlOrNull, allowedLateness, context, List.of(), ANSWER_TIMEOUT);
  }

  @Override
  public StatefulSinkWriter<HotUpdate, UpdateChunk> restoreWriter(
      WriterInitContext context, Collection<UpdateChunk> unwritten) {
    return HotStoreWriter.start(
        config, controlOrNull, allowedLateness, context, unwritten, ANSWER_TIMEOUT);
  }

  @Override
  public SimpleVersionedSerializer<UpdateChunk> getWriterStateSerializer() {
    return new UpdateChunk.Serializer();
  }
}
