package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.source.reader.ReadTargets;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Prometheus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source between a real broker and a small job: targets, limits, and whose state it reads. */
@Timeout(120)
final class EventSourceITCase {
  @TempDir private static Path folder;
  private static EmbeddedKafka broker;

  @TempDir private Path savepoints;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new EmbeddedKafka(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void readsUpToItsTargetsAndTheNextRunGoesOnFromThere() throws Exception {
    try (var topic = new TestTopic(broker, "targets", 4, Map.of())) {
      topic.sendInTransaction(0, 3); // ends with a marker at 3
      topic.send(1, 5);
      topic.sendInTransaction(3, 1);
      String state;
      // Partition 2 is empty; 3 was not there when the targets were set.
      var targets = new ReadTargets(Map.of(0, 4L, 1, 2L, 2, 0L));
      try (var job = SourceJob.start(topic.config(Map.of()), targets, new SourceJob.Forward())) {
        assertThat(job.take(6))
            .containsExactlyInAnyOrder("0@0", "0@1", "0@2", "0@3-3", "1@0", "1@1");
        Await.until("at the targets", () -> topic.committed().equals(Map.of(0, 4L, 1, 2L)));
        state = job.stop(savepoints);
      }

      var next = new ReadTargets(Map.of(0, 4L, 1, 5L, 2, 0L, 3, 2L));
      try (var job =
          SourceJob.start(
              EventSource.of(topic.config(Map.of()), next, StreamTypes.INTAKE),
              new SourceJob.Forward(),
              Map.of("execution.state-recovery.path", state))) {
        assertThat(job.take(5)).containsExactlyInAnyOrder("1@2", "1@3", "1@4", "3@0", "3@1-1");
        Await.until("at the targets", () -> topic.committed().equals(Map.of(0, 4L, 1, 5L, 3, 2L)));
      }
    }
  }

  @Test
  void goesOnFromTheStateThatFlinksOwnSourceWrote() throws Exception {
    try (var topic = new TestTopic(broker, "state-of-flink", 1, Map.of())) {
      topic.send(0, 3);
      var config = topic.config(Map.of());
      var flinks =
          KafkaSource.<Intake>builder()
              .setBootstrapServers(config.kafka().bootstrapServers())
              .setTopics(topic.name())
              .setGroupId(config.kafka().groupId())
              .setStartingOffsets(OffsetsInitializer.earliest())
              .setDeserializer(
                  new IntakeDeserializer(0, config.schemaRegistry(), StreamTypes.INTAKE))
              .build();
      String state;
      try (var job = SourceJob.start(flinks, new SourceJob.Forward(), Map.of())) {
        assertThat(job.take(3)).containsExactly("0@0", "0@1", "0@2");
        state = job.stop(savepoints);
      }
      topic.send(0, 2);
      try (var job =
          SourceJob.start(
              EventSource.of(config, ReadTargets.NONE, StreamTypes.INTAKE),
              new SourceJob.Forward(),
              Map.of("execution.state-recovery.path", state))) {
        assertThat(job.take(2)).containsExactly("0@3", "0@4");
      }
    }
  }

  @Test
  void showsHowFarTheReaderIsBehindTheBroker() throws Exception {
    try (var topic = new TestTopic(broker, "lag", 2, Map.of())) {
      topic.send(0, 300);
      topic.send(1, 3);
      var prometheus = new Prometheus();
      // A first poll of partition 0 gives less than all of it, and the next are held back.
      var config = topic.config(Map.of("source.partition-rate-limit", "10"));
      var source = EventSource.of(config, ReadTargets.NONE, StreamTypes.INTAKE);
      try (var job = SourceJob.start(source, new SourceJob.Forward(), prometheus.settings())) {
        job.take(1);
        Await.until(
            "partition 0 is shown far behind, and 1 at its end",
            () -> lag(prometheus, "lag", 0) > 100 && lag(prometheus, "lag", 1) == 0);
      }
    }
  }

  private static double lag(Prometheus prometheus, String topic, int partition) {
    try {
      return prometheus.scrape().stream()
          .filter(series -> series.name().equals("pipeline_consumer_lag"))
          .filter(series -> series.label("topic").equals(topic))
          .filter(series -> series.label("partition").equals(Integer.toString(partition)))
          .mapToDouble(Prometheus.Series::value)
          .findFirst()
          .orElse(-1);
    } catch (Exception notThereYet) {
      return -1;
    }
  }

  @Test
  void noPartitionGivesMoreThanItsRate() throws Exception {
    try (var topic = new TestTopic(broker, "partition-rate", 2, Map.of())) {
      topic.send(0, 300);
      topic.send(1, 300);
      // 200 a second each, less the burst of 20 and a last poll of 50.
      assertTakesAtLeast(
          Duration.ofMillis(1_150), topic, Map.of("source.partition-rate-limit", "200"), 600);
    }
  }

  @Test
  void theJobReadsNoMoreThanItsRate() throws Exception {
    try (var topic = new TestTopic(broker, "job-rate", 2, Map.of())) {
      topic.send(0, 200);
      topic.send(1, 200);
      // Guava's limiter saves up to a second's records while the first poll is under way.
      assertTakesAtLeast(Duration.ofMillis(950), topic, Map.of("source.rate-limit", "200"), 400);
    }
  }

  @Test
  void underALimitOfTheJobNoPartitionWaitsForTheEndOfAnother() throws Exception {
    try (var topic = new TestTopic(broker, "turns", 2, Map.of())) {
      topic.send(0, 2_000);
      topic.send(1, 2_000);
      var config = topic.config(Map.of("source.rate-limit", "200"));
      try (var job = SourceJob.start(config, ReadTargets.NONE, new SourceJob.Forward())) {
        // Polls of 50, and the first may come before anything of the other partition is there.
        assertThat(job.take(200))
            .filteredOn(place -> place.startsWith("0@"))
            .hasSizeBetween(50, 150);
      }
    }
  }

  @Test
  void noMoreThanSoManyRecordsComeBetweenTwoCheckpoints() throws Exception {
    try (var topic = new TestTopic(broker, "per-checkpoint", 1, Map.of())) {
      topic.send(0, 40);
      var config = topic.config(Map.of("source.records-per-checkpoint", "10"));
      try (var job = SourceJob.start(config, ReadTargets.NONE, new CountBetweenCheckpoints())) {
        assertThat(job.take(40)).isEqualTo(IntStream.range(0, 40).mapToObj(n -> "0@" + n).toList());
      }
      // What one checkpoint's end allows may come on both sides of the next one's begin.
      assertThat(CountBetweenCheckpoints.MOST.get()).isBetween(1, 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"source.rate-limit", "source.records-per-checkpoint"})
  void theGroupCommitsAlsoUnderALimit(String limit) throws Exception {
    var name = limit.replace("source.", "commits-under-");
    try (var topic = new TestTopic(broker, name, 1, Map.of())) {
      topic.send(0, 30);
      var config = topic.config(Map.of(limit, "20"));
      try (var job = SourceJob.start(config, ReadTargets.NONE, new SourceJob.Forward())) {
        assertThat(job.take(30)).hasSize(30);
        Await.until("the group is at the end", () -> topic.committed().equals(Map.of(0, 30L)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"source.rate-limit", "source.records-per-checkpoint"})
  void aLimitBelowTheParallelismStillLetsEveryTaskRead(String limit) throws Exception {
    var name = limit.replace("source.", "tiny-");
    try (var topic = new TestTopic(broker, name, 2, Map.of())) {
      topic.send(0, 2);
      topic.send(1, 2);
      try (var job =
          SourceJob.start(
              EventSource.of(
                  topic.config(Map.of(limit, "1")), ReadTargets.NONE, StreamTypes.INTAKE),
              new SourceJob.Forward(),
              Map.of("parallelism.default", "2"))) {
        assertThat(job.take(4)).containsExactlyInAnyOrder("0@0", "0@1", "1@0", "1@1");
      }
    }
  }

  private static void assertTakesAtLeast(
      Duration atLeast, TestTopic topic, Map<String, String> settings, int records)
      throws Exception {
    var config = topic.config(settings);
    var clock = new TimeOfElements();
    try (var job = SourceJob.start(config, ReadTargets.NONE, clock)) {
      List<String> all = job.take(records);
      assertThat(all).doesNotHaveDuplicates();
    }
    assertThat(Duration.ofNanos(TimeOfElements.lastNanos - TimeOfElements.firstNanos))
        .isGreaterThanOrEqualTo(atLeast);
  }

  /** Notes when the first and the last element came. */
  private static final class TimeOfElements extends SourceJob.Forward {
    private static final long serialVersionUID = 1L;
    static volatile long firstNanos;
    static volatile long lastNanos;
    private boolean begun;

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      lastNanos = System.nanoTime();
      if (!begun) {
        firstNanos = lastNanos;
        begun = true;
      }
      super.processElement(intake, context, out);
    }
  }

  /** Counts the elements from one checkpoint to the next. */
  private static final class CountBetweenCheckpoints extends SourceJob.Forward
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger MOST = new AtomicInteger();
    private int count;

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      MOST.accumulateAndGet(++count, Math::max);
      super.processElement(intake, context, out);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      count = 0;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
      count = 0;
    }
  }
}
