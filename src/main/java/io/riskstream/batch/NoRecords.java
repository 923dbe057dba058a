package io.riskstream.batch;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** An input that has nothing: it ends at once, and needs no broker. */
final class NoRecords<T> implements Source<T, NoRecords.NoSplit, byte[]> {
  private static final long serialVersionUID = 1L;

  /** There is none. */
  record NoSplit(String splitId) implements SourceSplit {}

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, NoSplit> createReader(SourceReaderContext context) {
    return new AtItsEnd<>();
  }

  @Override
  public SplitEnumerator<NoSplit, byte[]> createEnumerator(
      SplitEnumeratorContext<NoSplit> context) {
    return new NothingToDeal();
  }

  @Override
  public SplitEnumerator<NoSplit, byte[]> restoreEnumerator(
      SplitEnumeratorContext<NoSplit> context, byte[] state) {
    return new NothingToDeal();
  }

  @Override
  public SimpleVersionedSerializer<NoSplit> getSplitSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(NoSplit split) {
        return new byte[0];
      }

      @Override
      public NoSplit deserialize(int version, byte[] bytes) {
        return new NoSplit("none");
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<byte[]> getEnumeratorCheckpointSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(byte[] state) {
        return state;
      }

      @Override
      public byte[] deserialize(int version, byte[] bytes) {
        return bytes;
      }
    };
  }

  private static final class AtItsEnd<T> implements SourceReader<T, NoSplit> {
    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      return InputStatus.END_OF_INPUT;
    }

    @Override
    public List<NoSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<NoSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class NothingToDeal implements SplitEnumerator<NoSplit, byte[]> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {}

    @Override
    public void addSplitsBack(List<NoSplit> splits, int subtaskId) {}

    @Override
    public void addReader(int subtaskId) {}

    @Override
    public byte[] snapshotState(long checkpointId) throws IOException {
      return new byte[0];
    }

    @Override
    public void close() {}
  }
}
