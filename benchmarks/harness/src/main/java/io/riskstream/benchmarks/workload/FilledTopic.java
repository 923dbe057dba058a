package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * A topic that holds all events of a workload, each exactly once.
 *
 * @param name of the topic
 * @param manifest what was acknowledged; absent for a topic that is drained only
 */
public record FilledTopic(String name, long records, Optional<Path> manifest) {

  /** Fills a topic that is only to be drained. */
  public static FilledTopic toDrain(Broker broker, Workload workload, String name)
      throws IOException {
    fill(broker, workload, workload.records(), name, null);
    return new FilledTopic(name, workload.records(), Optional.empty());
  }

  /**
   * Fills a topic whose results are to be compared with what was sent.
   *
   * @param topics its name, and those of the other inputs of a pipeline, which stay empty
   */
  public static FilledTopic toCheck(
      Broker broker, Workload workload, long records, SentTopics topics, Path manifest)
      throws IOException {
    var settings = workload.settings(records, System.currentTimeMillis());
    try (var writer = ManifestWriter.create(manifest, topics, settings.describe())) {
      fill(broker, workload, records, topics.events(), writer);
    }
    return new FilledTopic(topics.events(), records, Optional.of(manifest));
  }

  private static void fill(
      Broker broker, Workload workload, long records, String name, ManifestWriter manifestOrNull)
      throws IOException {
    broker.createTopic(name, Broker.PARTITIONS);
    var settings = workload.settings(records, System.currentTimeMillis());
    try (var producer = LoadRunner.producer(broker.bootstrapServers(), Map.of())) {
      var runner = new LoadRunner(producer, SentTopics.eventsOnly(name), manifestOrNull);
      var sent = runner.run(new AtOnce(new LoadPlan(settings)));
      if (!sent.isComplete()) {
        throw new IOException(
            "topic %s could not be filled: %d of %d records failed, the first by %s"
                .formatted(name, sent.failed(), records, sent.firstFailure()));
      }
    }
  }

  /** The records of a plan, all due at its start. */
  private record AtOnce(Iterator<PlannedRecord> plan) implements Iterator<PlannedRecord> {
    @Override
    public boolean hasNext() {
      return plan.hasNext();
    }

    @Override
    public PlannedRecord next() {
      var next = plan.next();
      return new PlannedRecord(0, next.kind(), next.key(), next.value());
    }
  }
}
