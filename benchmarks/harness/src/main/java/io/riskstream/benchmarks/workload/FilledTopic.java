package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
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
 * @param manifest what was acknowledged; absent for a topic that is drained only
 */
public record FilledTopic(
    String name, long records, LoadSettings settings, Optional<Path> manifest) {
  private static final int PLANTED_EACH = 1000;

  /** Fills a topic that is only to be drained. */
  public static FilledTopic toDrain(Broker broker, Workload workload, String name)
      throws IOException {
    var settings = workload.settings(workload.records(), System.currentTimeMillis());
    var filled = fill(broker, settings, plan(settings), name, null);
    return new FilledTopic(name, filled, settings, Optional.empty());
  }

  /** Fills a topic whose results are to be compared with what was sent. */
  public static FilledTopic toCheck(
      Broker broker, Workload workload, long records, String name, Path manifest)
      throws IOException {
    var settings = workload.settings(records, System.currentTimeMillis());
    try (var writer = ManifestWriter.create(manifest, name, settings.describe())) {
      var filled = fill(broker, settings, plan(settings), name, writer);
      return new FilledTopic(name, filled, settings, Optional.of(manifest));
    }
  }

  /**
   * Fills another topic that is to pass for this one, but lacks each thousandth event, so that
   * whoever drains it comes to wrong results.
   */
  public FilledTopic withPlantedError(Broker broker, String other) throws IOException {
    var number = new long[1];
    var plan = plan(settings).filter(record -> ++number[0] % PLANTED_EACH != 0);
    return new FilledTopic(other, fill(broker, settings, plan, other, null), settings, manifest);
  }

  /** All records are due at once. */
  private static Stream<PlannedRecord> plan(LoadSettings settings) {
    Iterator<PlannedRecord> plan = new LoadPlan(settings);
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(plan, 0), false)
        .map(record -> new PlannedRecord(0, record.kind(), record.key(), record.value()));
  }

  private static long fill(
      Broker broker,
      LoadSettings settings,
      Stream<PlannedRecord> plan,
      String name,
      ManifestWriter manifestOrNull)
      throws IOException {
    broker.createTopic(name, Broker.PARTITIONS);
    try (var producer = LoadRunner.producer(broker.bootstrapServers(), Map.of())) {
      var runner = new LoadRunner(producer, SentTopics.eventsOnly(name), manifestOrNull);
      var sent = runner.run(plan.iterator());
      if (!sent.isComplete()) {
        throw new IOException(
            "topic %s could not be filled: %d of %d records failed, the first by %s"
                .formatted(name, sent.failed(), settings.count(), sent.firstFailure()));
      }
      return sent.acknowledged();
    }
  }
}
