package io.riskstream.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

/**
 * Partitions held in memory, read up to a place in each where the source waits to be stopped with a
 * savepoint, or to their end; goes on from a savepoint, and also from one of an earlier release, so
 * its state must not change. The elements stay in this JVM and are known by a name.
 */
public final class HeldSource<T> implements Source<T, HeldSource.Partition, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Content> CONTENTS = new ConcurrentHashMap<>();

  private record Content(
      List<? extends List<?>> partitions, List<Integer> ends, AtomicInteger held) {
    boolean isHeld(Partition partition) {
      return ends.get(partition.number) < partitions.get(partition.number).size();
    }
  }

  private final String name;
  private final int partitions;

  private HeldSource(String name, int partitions) {
    this.name = name;
    this.partitions = partitions;
  }

  /**
   * Makes a source under a name that no other one has until it is forgotten.
   *
   * @param ends how many elements of each partition are read
   */
  public static <T> HeldSource<T> of(String name, List<List<T>> partitions, List<Integer> ends) {
    CONTENTS.put(name, new Content(partitions, ends, new AtomicInteger()));
    return new HeldSource<>(name, partitions.size());
  }

  /** Returns whether all partitions are where they wait. */
  public static boolean isHeld(String name) {
    var content = CONTENTS.get(name);
    return content.held.get() == content.partitions.size();
  }

  /** Lets go of the elements. */
  public static void forget(String name) {
    CONTENTS.remove(name);
  }

  /** One partition, and how many of its elements have been read. */
  public record Partition(int number, int read) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SourceReader<T, Partition> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SplitEnumerator<Partition, byte[]> createEnumerator(
      SplitEnumeratorContext<Partition> context) {
    return new Dealer(context, partitions);
  }

  /** The readers have the partitions. */
  @Override
  public SplitEnumerator<Partition, byte[]> restoreEnumerator(
      SplitEnumeratorContext<Partition> context, byte[] state) {
    return new Dealer(context, 0);
  }

  @Override
  public SimpleVersionedSerializer<Partition> getSplitSerializer() {
    return new Bytes<>() {
      @Override
      public byte[] serialize(Partition partition) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
            .putInt(partition.number)
            .putInt(partition.read)
            .array();
      }

      @Override
      public Partition deserialize(int version, byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Partition(buffer.getInt(), buffer.getInt());
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<byte[]> getEnumeratorCheckpointSerializer() {
    return new Bytes<>() {
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

  private abstract static class Bytes<V> implements SimpleVersionedSerializer<V> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public abstract byte[] serialize(V value) throws IOException;
  }

  private final class Reader implements SourceReader<T, Partition> {
    private final List<Partition> open = new ArrayList<>();
    private final List<Partition> held = new ArrayList<>();
    private final CompletableFuture<Void> dealt = new CompletableFuture<>();
    private int turn;

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      if (!dealt.isDone()) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      for (var partition : open) {
        output.createOutputForSplit(partition.splitId()); // holds the watermark back from now on
      }
      if (open.isEmpty()) {
        return held.isEmpty() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
      }
      var content = CONTENTS.get(name);
      turn = (turn + 1) % open.size();
      var partition = open.get(turn);
      if (partition.read < content.ends.get(partition.number)) {
        @SuppressWarnings("unchecked")
        var element = (T) content.partitions.get(partition.number).get(partition.read);
        open.set(turn, new Partition(partition.number, partition.read + 1));
        output.createOutputForSplit(partition.splitId()).collect(element);
        return InputStatus.MORE_AVAILABLE;
      }
      open.remove(turn);
      if (content.isHeld(partition)) {
        held.add(partition);
      } else {
        output.releaseOutputForSplit(partition.splitId());
      }
      content.held.incrementAndGet();
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
      var all = new ArrayList<>(open);
      all.addAll(held);
      return all;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return dealt.isDone() && open.isEmpty() && !held.isEmpty()
          ? new CompletableFuture<>()
          : dealt;
    }

    @Override
    public void addSplits(List<Partition> splits) {
      open.addAll(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
      dealt.complete(null);
    }

    @Override
    public void close() {}
  }

  private record Dealer(SplitEnumeratorContext<Partition> context, int partitions)
      implements SplitEnumerator<Partition, byte[]> {
    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Partition> splits, int subtask) {}

    @Override
    public void addReader(int subtask) {
      for (var number = subtask; number < partitions; number += context.currentParallelism()) {
        context.assignSplit(new Partition(number, 0), subtask);
      }
      context.signalNoMoreSplits(subtask);
    }

    @Override
    public byte[] snapshotState(long checkpointId) {
      return new byte[0];
    }

    @Override
    public void close() {}
  }
}
