package io.riskstream.source.reader;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcher;
import org.apache.flink.connector.base.source.reader.fetcher.SplitFetcherTask;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/** The thread that reads, and commits on behalf of, a task; reads by {@link PartitionReader}. */
final class EventFetchers extends KafkaSourceFetcherManager {

  EventFetchers(
      Supplier<SplitReader<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit>> readers) {
    super(new FutureCompletingBlockingQueue<>(), readers, finished -> {});
  }

  @Override
  public void commitOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    if (offsets.isEmpty()) {
      return;
    }
    var running = fetchers.get(0);
    var fetcher = running == null ? createSplitFetcher() : running;
    fetcher.enqueueTask(new Commit(fetcher, offsets, callback));
    if (running == null) {
      startFetcher(fetcher);
    } else {
      // Else it would wait until the poll of a quiet partition ends, which takes seconds.
      running.getSplitReader().wakeUp();
    }
  }

  /** Commits on the reading thread, as a consumer has to be used by one thread. */
  private record Commit(
      SplitFetcher<ConsumerRecord<byte[], byte[]>, KafkaPartitionSplit> fetcher,
      Map<TopicPartition, OffsetAndMetadata> offsets,
      OffsetCommitCallback callback)
      implements SplitFetcherTask {
    @Override
    public boolean run() {
      ((PartitionReader) fetcher.getSplitReader()).commit(offsets, callback);
      return true;
    }

    @Override
    public void wakeUp() {
      // Sending the request does not wait for anything.
    }
  }
}
