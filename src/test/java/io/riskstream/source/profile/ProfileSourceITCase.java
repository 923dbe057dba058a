package io.riskstream.source.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.source.EventSource;
import io.riskstream.source.Intake;
import io.riskstream.source.TestTopic;
import io.riskstream.source.reader.ReadTargets;
import io.riskstream.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The profiles between a real broker and a small job. */
@Timeout(120)
final class ProfileSourceITCase {
  private static final long NOON = 1_767_268_800_000L;

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
  void readsFromTheBeginningToItsTargetsAndTheNextRunGoesOnFromThere() throws Exception {
    try (var topic = new TestTopic(broker, "profiles", 3, Map.of())) {
      topic.send(0, 2, profile(NOON));
      topic.send(0, 1, "x".getBytes(StandardCharsets.UTF_8));
      topic.send(1, 3, profile(NOON));
      // The limits are the events' own, and so is where they start.
      var config =
          config(topic, Map.of("source.starting-offsets", "latest", "source.rate-limit", "1"));
      String state;
      try (var job = start(config, new ReadTargets(Map.of(0, 3L, 1, 1L, 2, 0L)), null)) {
        assertThat(job.take(7))
            .containsExactlyInAnyOrder(
                "0@0", "0@1", "0@2 malformed-json", "1@0", "at target", "at target", "at target");
        Await.until("at the targets", () -> topic.committed().equals(Map.of(0, 3L, 1, 1L, 2, 0L)));
        state = job.stop(savepoints);
      }
      topic.send(2, 1, profile(NOON));
      try (var job = start(config, ReadTargets.NONE, state)) {
        assertThat(job.take(3)).containsExactlyInAnyOrder("1@1", "1@2", "2@0");
        Await.until("committed", () -> topic.committed().equals(Map.of(0, 3L, 1, 3L, 2, 1L)));
      }
    }
  }

  /** One partition and two tasks, so that one task has none at all. */
  @Test
  void aTopicWithoutAnyRecordHoldsEventTimeBackNoLongerThanItsTimeout() throws Exception {
    try (var events = new TestTopic(broker, "lonely-events", 2, Map.of());
        var profiles = new TestTopic(broker, "no-profiles", 1, Map.of())) {
      for (var partition : List.of(0, 1)) {
        events.send(partition, 1, event(NOON));
        events.send(partition, 1, event(NOON + 3_600_000));
      }
      var config = config(profiles, Map.of("kafka.events-topic", events.name()));
      var environment = environment(2, null);
      var source = EventSource.of(config, ReadTargets.NONE, StreamTypes.INTAKE);
      var inputs =
          environment
              .fromSource(
                  source,
                  EventSource.watermarks(config.time(), source),
                  "events",
                  StreamTypes.INTAKE)
              .process(new TimesOfEvents(), Types.LONG);
      var updates = ProfileSource.of(config, ReadTargets.NONE, ProfileIntakeSerializer.TYPE);
      var times =
          environment
              .fromSource(
                  updates,
                  ProfileSource.watermarks(config, updates),
                  "profiles",
                  ProfileIntakeSerializer.TYPE)
              .process(new TimesOfUpdates(), Types.LONG);
      var passed =
          inputs
              .union(times)
              .keyBy(time -> 0, Types.INT)
              .process(new WaitForTheWatermark(), Types.LONG)
              .collectAsync();
      var client = environment.executeAsync();
      assertThat(passed.next()).isEqualTo(NOON);
      client.cancel().get(30, TimeUnit.SECONDS);
      passed.close();
    }
  }

  private static RiskstreamConfig config(TestTopic profiles, Map<String, String> more) {
    var settings =
        new HashMap<>(
            Map.of(
                "kafka.events-topic",
                "events-beside-" + profiles.name(),
                "kafka.profiles-topic",
                profiles.name(),
                "profiles.idle-timeout",
                "300 ms"));
    settings.putAll(more);
    return profiles.config(settings);
  }

  private static byte[] profile(long millis) {
    return ("{\"user_id\":\"u\",\"timestamp\":" + millis + ",\"attributes\":{\"a\":\"b\"}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] event(long millis) {
    return ("{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":"
            + millis
            + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static StreamExecutionEnvironment environment(int parallelism, String stateOrNull) {
    var configuration = new Configuration();
    configuration.setString("execution.checkpointing.interval", "100 ms");
    configuration.setString("execution.state-recovery.ignore-unclaimed-state", "true"); // collector
    if (stateOrNull != null) {
      configuration.setString("execution.state-recovery.path", stateOrNull);
    }
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(parallelism);
    return environment;
  }

  private static RunningJob start(RiskstreamConfig config, ReadTargets targets, String stateOrNull)
      throws Exception {
    var environment = environment(1, stateOrNull);
    var output =
        environment
            .fromSource(
                ProfileSource.of(config, targets, ProfileIntakeSerializer.TYPE),
                WatermarkStrategy.noWatermarks(),
                "profiles",
                ProfileIntakeSerializer.TYPE)
            .uid("profiles")
            .collectAsync();
    return new RunningJob(output, environment.executeAsync());
  }

  private static final class RunningJob implements AutoCloseable {
    private final CloseableIterator<ProfileIntake> output;
    private final JobClient client;

    /** A job that has ended takes its cluster with it, which cannot be asked any more then. */
    private boolean ended;

    RunningJob(CloseableIterator<ProfileIntake> output, JobClient client) {
      this.output = output;
      this.client = client;
    }

    List<String> take(int count) {
      var taken = new ArrayList<String>();
      for (Iterator<ProfileIntake> each = output; taken.size() < count && each.hasNext(); ) {
        taken.add(describe(each.next()));
      }
      return taken;
    }

    String stop(Path folder) throws Exception {
      var savepoint =
          client
              .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(30, TimeUnit.SECONDS);
      ended = true;
      return savepoint;
    }

    @Override
    public void close() throws Exception {
      if (!ended) {
        client.cancel().get(30, TimeUnit.SECONDS);
      }
      output.close();
    }
  }

  private static String describe(ProfileIntake intake) {
    if (intake instanceof ProfileIntake.Valid valid) {
      var at = valid.update().coordinates();
      return at.partition() + "@" + at.offset();
    } else if (intake instanceof ProfileIntake.Refused refused) {
      var letter = refused.deadLetter();
      return letter.getPartition() + "@" + letter.getOffset() + " " + letter.getError();
    }
    return intake instanceof ProfileIntake.AtTarget ? "at target" : intake.toString();
  }

  private static final class TimesOfEvents extends ProcessFunction<Intake, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        Intake intake, ProcessFunction<Intake, Long>.Context context, Collector<Long> out) {
      out.collect(((Intake.Valid) intake).event().timestampMillis());
    }
  }

  private static final class TimesOfUpdates extends ProcessFunction<ProfileIntake, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        ProfileIntake intake,
        ProcessFunction<ProfileIntake, Long>.Context context,
        Collector<Long> out) {
      out.collect(((ProfileIntake.Valid) intake).update().timestampMillis());
    }
  }

  /** Gives a time back once the watermark has passed it. */
  private static final class WaitForTheWatermark extends KeyedProcessFunction<Integer, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(
        Long time, KeyedProcessFunction<Integer, Long, Long>.Context context, Collector<Long> out) {
      context.timerService().registerEventTimeTimer(time);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Long> out) {
      out.collect(time);
    }
  }
}
