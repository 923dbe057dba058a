package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A topic that holds the events of a plan, each exactly once.
 *
 * @param name of the topic
 * @param records how many it holds
 * @param endMillis event time of the last one, about
 * @param manifest what was acknowledged; absent for a topic that is drained only
 */
public record FilledTopic(
    String name, long records, Workload workload, long endMillis, Optional<Path> manifest) {
  private static final int PLANTED_EACH = 1000;

  /** Fills a topic that is only to be drained. */
  public static FilledTopic toDrain(Broker broker, Workload workload, String name)
      throws IOException {
    var endMillis = System.currentTimeMillis();
    var plan = plan(workload, workload.records(), endMillis);
    var filled = fill(broker, plan, name, null);
    return new FilledTopic(name, filled, workload, endMillis, Optional.empty());
  }

  /** Fills a topic whose results are to be compared with what was sent. */
  public static FilledTopic toCheck(
      Broker broker, Workload workload, long records, String name, Path manifest)
      throws IOException {
    var endMillis = System.currentTimeMillis();
    var says = workload.settings(records, endMillis).describe();
    try (var writer = ManifestWriter.create(manifest, name, says)) {
      var filled = fill(broker, plan(workload, records, endMillis), name, writer);
      return new FilledTopic(name, filled, workload, endMillis, Optional.of(manifest));
    }
  }

  /**
   * Fills another topic that is to pass for this one, but lacks each thousandth event, so that
   * whoever drains it comes to wrong results.
   */
  public FilledTopic withPlantedError(Broker broker, String other) throws IOException {
    var number = new long[1];
    var plan = plan(workload, records, endMillis).filter(record -> ++number[0] % PLANTED_EACH != 0);
    return new FilledTopic(other, fill(broker, plan, other, null), workload, endMillis, manifest);
  }

  /** All records are due at once, in the order of their times. */
  private static Stream<PlannedRecord> plan(Workload workload, long records, long endMillis) {
    var hot = Math.round(records * workload.hotShare());
    var ordinary = new LoadPlan(workload.settings(records - hot, endMillis));
    Iterator<PlannedRecord> plan =
        hot == 0
            ? ordinary
            : new MergedPlan(List.of(ordinary, new LoadPlan(workload.hotUser(hot, endMillis))));
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(plan, 0), false)
        .map(record -> new PlannedRecord(0, record.kind(), record.key(), record.value()));
  }

  private static long fill(
      Broker broker, Stream<PlannedRecord> plan, String name, ManifestWriter manifestOrNull)
      throws IOException {
    broker.createTopic(name, Broker.PARTITIONS);
    try (var producer = LoadRunner.producer(broker.bootstrapServers(), Map.of())) {
      var runner = new LoadRunner(producer, SentTopics.eventsOnly(name), manifestOrNull);
      var sent = runner.run(plan.iterator());
      if (!sent.isComplete()) {
        throw new IOException(
            "topic %s could not be filled: %d records failed, the first by %s"
                .formatted(name, sent.failed(), sent.firstFailure()));
      }
      return sent.acknowledged();
    }
  }
}
