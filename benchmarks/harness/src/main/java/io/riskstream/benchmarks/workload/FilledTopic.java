package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadRunner;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A topic that holds the events of a plan, each exactly once.
 *
 * @param name of the topic
 * @param records how many of them are to be drained
 * @param endMillis event time of the last one, about
 */
public record FilledTopic(String name, long records, Workload workload, long endMillis) {
  private static final int PLANTED_EACH = 1000;

  /** Fills a topic that is only to be drained. */
  public static FilledTopic toDrain(Broker broker, Workload workload, String name)
      throws IOException {
    broker.createTopic(name, Broker.PARTITIONS);
    return new FilledTopic(name, 0, workload, System.currentTimeMillis()).filled(broker);
  }

  /**
   * Fills a topic with one event of each user of a workload, all of them before the workload's own,
   * with which {@link #filled} goes on.
   */
  public static FilledTopic ofEachUser(Broker broker, Workload workload, String name)
      throws IOException {
    var endMillis = System.currentTimeMillis();
    var traffic = Traffic.until(endMillis, workload, workload.records());
    broker.createTopic(name, Broker.PARTITIONS);
    var sent = fill(broker, new EachUserOnce(traffic), name, null);
    return new FilledTopic(name, sent, workload, endMillis);
  }

  /** Fills a topic whose results are to be compared with what was sent. */
  public static FilledTopic toCheck(
      Broker broker, Workload workload, long records, String name, Path manifest)
      throws IOException {
    var endMillis = System.currentTimeMillis();
    var traffic = Traffic.until(endMillis, workload, records);
    broker.createTopic(name, Broker.PARTITIONS);
    try (var writer = ManifestWriter.create(manifest, name, traffic.ordinary().describe())) {
      var formats = broker.formats(workload.format(), name, writer);
      var sent = fill(broker, traffic.plan(formats), name, writer);
      return new FilledTopic(name, sent, workload, endMillis);
    }
  }

  /** Adds the workload's events, which are those to drain; what is there already is behind them. */
  public FilledTopic filled(Broker broker) throws IOException {
    broker.progress().beginHere(name);
    var traffic = Traffic.until(endMillis, workload, workload.records());
    var formats = broker.formats(workload.format(), name, null);
    var sent = fill(broker, traffic.plan(formats), name, null);
    return new FilledTopic(name, sent, workload, endMillis);
  }

  /**
   * Fills another topic that is to pass for this one, but lacks each thousandth event, so that
   * whoever drains it comes to wrong results.
   */
  public FilledTopic withPlantedError(Broker broker, String other) throws IOException {
    var number = new long[1];
    var formats = broker.formats(workload.format(), other, null);
    var spoiled =
        stream(Traffic.until(endMillis, workload, records).plan(formats))
            .filter(record -> ++number[0] % PLANTED_EACH != 0);
    broker.createTopic(other, Broker.PARTITIONS);
    var sent = fill(broker, spoiled.iterator(), other, null);
    return new FilledTopic(other, sent, workload, endMillis);
  }

  /** Sends all records at once, in the order of their times. */
  private static long fill(
      Broker broker, Iterator<PlannedRecord> plan, String name, ManifestWriter manifestOrNull)
      throws IOException {
    try (var producer = LoadRunner.producer(broker.bootstrapServers(), Map.of())) {
      var runner = new LoadRunner(producer, SentTopics.eventsOnly(name), manifestOrNull);
      var sent =
          runner.run(
              stream(plan)
                  .map(record -> new PlannedRecord(0, record.kind(), record.key(), record.value()))
                  .iterator());
      if (!sent.isComplete()) {
        throw new IOException(
            "topic %s could not be filled: %d records failed, the first by %s"
                .formatted(name, sent.failed(), sent.firstFailure()));
      }
      return sent.acknowledged();
    }
  }

  private static Stream<PlannedRecord> stream(Iterator<PlannedRecord> plan) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(plan, 0), false);
  }
}
