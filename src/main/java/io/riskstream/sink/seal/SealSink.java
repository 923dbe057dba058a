package io.riskstream.sink.seal;

import io.riskstream.config.LakeConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes {@code _SEALED} into the folder of each hour that is final, at least once and never before
 * the hour's rows are visible, which is read from the lake itself and not taken from the order of
 * commits. The idempotence key is (dataset, hour): the same seal replaces itself.
 */
public final class SealSink
    implements Sink<Seal>, SupportsCommitter<Seal>, SupportsWriterState<Seal, Seal> {
  private static final long serialVersionUID = 1L;

  /** How long the end of the input waits for the last rows to become visible. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String lakePath;

  public SealSink(LakeConfig lake) {
    lakePath = lake.path();
  }

  @Override
  public SealWriter createWriter(WriterInitContext context) {
    return restoreWriter(context, List.of());
  }

  @Override
  public SealWriter restoreWriter(WriterInitContext context, Collection<Seal> waiting) {
    return new SealWriter(lakePath, waiting, context.metricGroup());
  }

  @Override
  public Committer<Seal> createCommitter(CommitterInitContext context) {
    return new SealCommitter(lakePath, PATIENCE);
  }

  @Override
  public SimpleVersionedSerializer<Seal> getCommittableSerializer() {
    return new SealSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Seal> getWriterStateSerializer() {
    return new SealSerializer();
  }
}
