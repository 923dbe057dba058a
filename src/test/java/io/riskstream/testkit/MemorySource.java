package io.riskstream.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
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
 * Partitions held in memory, each read in its order, against each other in a random one; every
 * partition has a watermark of its own. Bounded, and not to be restored. The elements stay in this
 * JVM and are known by a name, because Flink ships the source by value.
 */
public final class MemorySource<T> implements Source<T, MemorySource.Partition, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, List<? extends List<?>>> CONTENTS = new ConcurrentHashMap<>();

  /** Now and then a reader rests, so that watermarks come in between. */
  private static final long REST_NANOS = 200_000;

  private final String name;
  private final int partitions;
  private final long seed;

  private MemorySource(String name, int partitions, long seed) {
    this.name = name;
    this.partitions = partitions;
    this.seed = seed;
  }

  /** Makes a source under a name that no other one has until it is forgotten. */
  public static <T> MemorySource<T> of(String name, List<List<T>> partitions, long seed) {
    CONTENTS.put(name, partitions);
    return new MemorySource<>(name, partitions.size(), seed);
  }

  /** Lets go of the elements. */
  public static void forget(String name) {
    CONTENTS.remove(name);
  }

  /** One partition. */
  public record Partition(int number) implements SourceSplit {
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
    return new Reader(new Random(seed + context.getIndexOfSubtask()));
  }

  @Override
  public SplitEnumerator<Partition, byte[]> createEnumerator(
      SplitEnumeratorContext<Partition> context) {
    return new Dealer(context, partitions);
  }

  @Override
  public SplitEnumerator<Partition, byte[]> restoreEnumerator(
      SplitEnumeratorContext<Partition> context, byte[] state) {
    throw new UnsupportedOperationException("not to be restored");
  }

  @Override
  public SimpleVersionedSerializer<Partition> getSplitSerializer() {
    return new SimpleVersionedSerializer<>() {
      @Override
      public int getVersion() {
        return 1;
      }

      @Override
      public byte[] serialize(Partition partition) {
        return new byte[] {(byte) partition.number()};
      }

      @Override
      public Partition deserialize(int version, byte[] bytes) {
        return new Partition(bytes[0]);
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

  private final class Reader implements SourceReader<T, Partition> {
    private final Random random;
    private final List<Partition> open = new ArrayList<>();
    private final Map<Partition, Integer> positions = new HashMap<>();
    private final CompletableFuture<Void> dealt = new CompletableFuture<>();

    Reader(Random random) {
      this.random = random;
    }

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
        return InputStatus.END_OF_INPUT;
      }
      if (random.nextInt(8) == 0) {
        LockSupport.parkNanos(REST_NANOS);
      }
      var partition = open.get(random.nextInt(open.size()));
      var elements = CONTENTS.get(name).get(partition.number());
      int position = positions.merge(partition, 1, Integer::sum) - 1;
      if (position < elements.size()) {
        @SuppressWarnings("unchecked")
        var element = (T) elements.get(position);
        output.createOutputForSplit(partition.splitId()).collect(element);
      } else {
        output.releaseOutputForSplit(partition.splitId());
        open.remove(partition);
      }
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return dealt;
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
        context.assignSplit(new Partition(number), subtask);
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
