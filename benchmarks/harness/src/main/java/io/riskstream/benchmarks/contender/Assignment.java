package io.riskstream.benchmarks.contender;

import io.riskstream.benchmarks.check.CommonResults;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a contender is to drain.
 *
 * @param id no other run of this Kafka has it; consumer group, and begin of the names of topics
 * @param parallelism of everything that can be parallel
 * @param folder for all that it writes; it has not written there before
 * @param jvmOptions further ones of every JVM that does the work, separated by blanks
 * @param stateOrNull the state to go on from, of the same contender; null to begin without any
 */
public record Assignment(
    String id,
    Broker broker,
    FilledTopic input,
    int parallelism,
    Path folder,
    String jvmOptions,
    SavedState stateOrNull) {
  /** How often each that writes something commits it. */
  public static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

  /** One that begins without any state. */
  public Assignment(
      String id,
      Broker broker,
      FilledTopic input,
      int parallelism,
      Path folder,
      String jvmOptions) {
    this(id, broker, input, parallelism, folder, jvmOptions, null);
  }

  /** Returns the topic of results; the harness has made it, and deletes it. */
  public String output() {
    return id + "-results";
  }

  /** Returns what the contender has committed of its input. */
  public Progress progress() throws IOException {
    return broker.progress().of(id, input.name());
  }

  /** Returns the same for a contender that keeps the offsets of the partitions for itself. */
  public Progress progressAt(Map<Integer, Long> offsets) throws IOException {
    return broker.progress().at(input.name(), offsets);
  }

  /** Opens the topic of results. */
  public CommonResults results() {
    return new CommonResults(broker.bootstrapServers(), output(), Broker.PARTITIONS);
  }
}
