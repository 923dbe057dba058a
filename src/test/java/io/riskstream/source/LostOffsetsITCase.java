package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.server.EmbeddedKafka;
import io.riskstream.source.reader.ReadTargets;
import io.riskstream.testkit.Await;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka deletes what the job has not read: refused with the range, or a gap where it was. */
@Timeout(120)
final class LostOffsetsITCase {
  private static final String START = "source.starting-offsets";
  private static final Map<String, String> RECORD = Map.of("source.on-lost-offsets", "record-gap");

  @TempDir private static Path folder;
  private static EmbeddedKafka broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker =
        new EmbeddedKafka(
            folder,
            0,
            Map.of("log.retention.check.interval.ms", "100", "log.initial.task.delay.ms", "100"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void refusesToStartWhereTheOffsetsAreGoneAndNamesThem() throws Exception {
    try (var topic = cutAtFive("refused")) {
      assertThat(failureOf(topic, Map.of(START, "0:2")))
          .contains("refused-0 offsets 2 to 4 (3)")
          .contains("source.on-lost-offsets=record-gap");
    }
  }

  @Test
  void byChoiceTheGapComesWhereItWasAndTheJobGoesOn() throws Exception {
    try (var topic = cutAtFive("recorded");
        var job =
            SourceJob.start(
                topic.config(with(RECORD, START, "0:2")),
                ReadTargets.NONE,
                new SourceJob.Forward())) {
      assertThat(job.take(6)).containsExactly("0@2-4 lost", "0@5", "0@6", "0@7", "0@8", "0@9");
    }
  }

  @Test
  void aLogThatEndsBeforeTheJobsOffsetIsRefusedWhateverTheChoice() throws Exception {
    try (var topic = cutAtFive("made-anew")) {
      assertThat(failureOf(topic, with(RECORD, START, "0:50")))
          .contains("needs made-anew-0 from offset 50 on, but its log ends at 10");
    }
  }

  @Test
  void aFailureBeforeTheCheckpointDoesNotDoubleTheGap() throws Exception {
    try (var topic = cutAtFive("failed-before")) {
      assertGapOnceOver(topic, new FailBeforeCheckpoint());
      assertThat(FailBeforeCheckpoint.FAILED).as("the failure hit").isTrue();
    }
  }

  @Test
  void aFailureAfterTheCheckpointDoesNotDoubleTheGap() throws Exception {
    try (var topic = cutAtFive("failed-after")) {
      assertGapOnceOver(topic, new FailAfterCheckpoint());
      assertThat(FailAfterCheckpoint.FAILED).as("the failure hit").isTrue();
    }
  }

  @Test
  void retentionThatOvertakesTheRunningJobIsRefusedWithTheRange() throws Exception {
    try (var topic = ofSmallSegments("overtaken");
        var job = overtake(topic, Map.of())) {
      assertThat(ExceptionUtils.getStackTrace(job.failure()))
          .containsPattern("overtaken-0 offsets \\d+ to " + (topic.begin(0) - 1) + " \\(\\d+\\)");
    }
  }

  @Test
  void retentionThatOvertakesTheRunningJobIsRecordedInItsPlace() throws Exception {
    try (var topic = ofSmallSegments("overtaken-recorded");
        var job = overtake(topic, RECORD)) {
      var places = job.take(1);
      while (!places.get(places.size() - 1).equals("0@" + (BIG_RECORDS - 1))) {
        places.addAll(job.take(1));
      }

      var begin = topic.begin(0);
      var read = places.indexOf("0@" + begin) - 1;
      assertThat(places.subList(0, read)).isEqualTo(offsets(0, read));
      assertThat(places.get(read)).isEqualTo("0@%d-%d lost".formatted(read, begin - 1));
      assertThat(places.subList(read + 1, places.size())).isEqualTo(offsets(begin, BIG_RECORDS));
    }
  }

  private static final int BIG_RECORDS = 80;
  private static final int BIG_BYTES = 60_000;
  private static final int SEGMENT_RECORDS = (1 << 20) / BIG_BYTES + 1;

  /** Lets the job read a little, holds it until retention has passed it, and lets it go. */
  private static SourceJob overtake(TestTopic topic, Map<String, String> settings)
      throws Exception {
    Held.release = new CountDownLatch(1);
    Held.reached = new CountDownLatch(1);
    var value = new byte[BIG_BYTES];
    new Random(7).nextBytes(value);
    topic.send(0, 4, value);
    var slow = with(settings, "kafka.properties.max.partition.fetch.bytes", "1000");
    var job = SourceJob.start(topic.config(slow), ReadTargets.NONE, new Held());
    assertThat(Held.reached.await(30, TimeUnit.SECONDS)).isTrue();
    topic.send(0, BIG_RECORDS - 4, value);
    Await.until("one segment is left", () -> topic.begin(0) > BIG_RECORDS - SEGMENT_RECORDS);
    Held.release.countDown();
    return job;
  }

  private static TestTopic ofSmallSegments(String name) throws Exception {
    return new TestTopic(
        broker, name, 1, Map.of("segment.bytes", "1048576", "retention.bytes", "1"));
  }

  private static TestTopic cutAtFive(String name) throws Exception {
    var topic = new TestTopic(broker, name, 1, Map.of());
    topic.send(0, 10);
    topic.deleteBefore(0, 5);
    return topic;
  }

  private static String failureOf(TestTopic topic, Map<String, String> settings) throws Exception {
    try (var job =
        SourceJob.start(topic.config(settings), ReadTargets.NONE, new SourceJob.Forward())) {
      return ExceptionUtils.getStackTrace(job.failure());
    }
  }

  private static void assertGapOnceOver(TestTopic topic, SourceJob.Forward failing)
      throws Exception {
    var config = topic.config(with(RECORD, START, "0:2"));
    try (var job = SourceJob.start(config, ReadTargets.NONE, failing)) {
      assertThat(job.take(6)).containsExactly("0@2-4 lost", "0@5", "0@6", "0@7", "0@8", "0@9");
      topic.send(0, 1);
      assertThat(job.take(1)).containsExactly("0@10");
    }
  }

  private static List<String> offsets(long first, long end) {
    return java.util.stream.LongStream.range(first, end).mapToObj(at -> "0@" + at).toList();
  }

  private static Map<String, String> with(Map<String, String> settings, String key, String value) {
    var all = new HashMap<>(settings);
    all.put(key, value);
    return all;
  }

  /** Fails once, at the third record behind a gap. */
  private static final class FailBeforeCheckpoint extends SourceJob.Forward {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean FAILED = new AtomicBoolean();

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      if (SourceJob.describe(intake).equals("0@7") && !FAILED.getAndSet(true)) {
        throw new IllegalStateException("as the test wants it");
      }
      super.processElement(intake, context, out);
    }
  }

  /** Fails once, when the checkpoint after the gap is complete. */
  private static final class FailAfterCheckpoint extends SourceJob.Forward
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean FAILED = new AtomicBoolean();
    private int checkpoints;
    private boolean gap;

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      gap |= intake instanceof Intake.Gap;
      super.processElement(intake, context, out);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      // The first that is told of after the gap may have begun before it, the second has not.
      if (gap && ++checkpoints == 2 && !FAILED.getAndSet(true)) {
        throw new IllegalStateException("as the test wants it");
      }
    }
  }

  /** Waits at its second element. */
  private static final class Held extends SourceJob.Forward {
    private static final long serialVersionUID = 1L;
    static volatile CountDownLatch reached;
    static volatile CountDownLatch release;

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      if (SourceJob.describe(intake).equals("0@1")) {
        reached.countDown();
        assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
      }
      super.processElement(intake, context, out);
    }
  }
}
