package io.riskstream.source.reader;

import java.util.Collection;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimitedSourceReader;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/**
 * A reader that hands on no more than a limiter lets through, and that still hears all that Flink
 * tells a reader: Flink's own class keeps completed checkpoints from it, so that its group would
 * commit nothing.
 */
final class LimitedReader<T, SplitT extends SourceSplit>
    extends RateLimitedSourceReader<T, SplitT> {
  private final SourceReader<T, SplitT> reader;

  LimitedReader(SourceReader<T, SplitT> reader, RateLimiter<SplitT> limiter) {
    super(reader, limiter);
    this.reader = reader;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    reader.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    reader.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    reader.handleSourceEvents(event);
  }

  @Override
  public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {
    reader.pauseOrResumeSplits(toPause, toResume);
  }
}
