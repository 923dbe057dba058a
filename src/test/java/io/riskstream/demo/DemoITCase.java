package io.riskstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.server.PortTakenException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo around a job of three operators: its servers, its load, its figures and its ends. */
@Timeout(180)
class DemoITCase {
  /** Counts every record, as accepted or whatever. */
  private static final class Accepting extends RichFilterFunction<String> {
    private static final long serialVersionUID = 1L;
    private final String name;
    private transient Counter accepted;

    Accepting() {
      this("accepted");
    }

    Accepting(String name) {
      this.name = name;
    }

    @Override
    public void open(OpenContext context) {
      accepted = getRuntimeContext().getMetricGroup().counter(name);
    }

    @Override
    public boolean filter(String record) {
      accepted.inc();
      return true;
    }
  }

  /** Reads any value, also none. */
  private static final class AnyText extends SimpleStringSchema {
    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(byte[] valueOrNull) {
      return valueOrNull == null ? "" : super.deserialize(valueOrNull);
    }
  }

  /** Fails at every record. */
  private static final class Failing extends RichFilterFunction<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean filter(String record) {
      throw new IllegalStateException("the disk is full of bees");
    }
  }

  @TempDir Path path;

  private final StopRequest stop = new StopRequest();
  private final List<String> printed = new ArrayList<>();

  @Test
  void everythingSentIsTakenAndTheJobStopsInOrder() throws Exception {
    try (var folder = DataFolder.open(path);
        var demo =
            new Demo(
                job(new Accepting()),
                settings(Duration.ofSeconds(3)),
                folder,
                stop,
                printed::add)) {
      assertThat(demo.start()).isTrue();
      var sent = demo.run();

      assertThat(sent.isComplete()).isTrue();
      assertThat(sent.events()).isEqualTo(3_000);
      assertThat(sent.profiles()).isGreaterThan(100);
      var manifest = Manifest.read(folder.manifest());
      assertThat(manifest.records()).hasSize(3_000);
      assertThat(manifest.profiles()).hasSize((int) sent.profiles());
      // Too short for a cut, so nothing is published and nothing was to be shown.
      assertThat(manifest.documents()).isEmpty();
      assertThat(demo.unproven()).isEmpty();
      assertThat(printed)
          .hasSizeGreaterThan(2)
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("lag 0  accepted 3,000  duplicate 0  late 0  dead-lettered 0"))
          .anySatisfy(line -> assertThat(line).contains("ruleset default-1"));
      assertThat(folder.flink().resolve("savepoints")).isNotEmptyDirectory();
    }
  }

  /** The three operators answer no document, so the demo must not wait for the answers for ever. */
  @Test
  void aJobThatLeavesDocumentsUnansweredIsNotDrained() throws Exception {
    try (var folder = DataFolder.open(path);
        var demo =
            new Demo(
                job(new Accepting()),
                settings(Duration.ofSeconds(10)),
                folder,
                stop,
                line -> stopAfterLines(2))) {
      assertThat(demo.start()).isTrue();

      assertThatThrownBy(demo::run)
          .isInstanceOf(DemoException.class)
          .hasMessageContaining("the pipeline has not taken 10 of")
          .hasMessageContaining("after 8 s");
      assertThat(Manifest.read(folder.manifest()).documents()).hasSize(10);
    }
  }

  @Test
  void aStopEndsAnEndlessDemoInTime() throws Exception {
    try (var folder = DataFolder.open(path);
        var demo = new Demo(job(new Accepting()), settings(null), folder, stop, printed::add)) {
      assertThat(demo.start()).isTrue();
      stop.make();
      var startNanos = System.nanoTime();
      assertThat(demo.run().isComplete()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
          .isLessThan(Duration.ofSeconds(15));
      assertThat(printed)
          .anySatisfy(line -> assertThat(line).startsWith("stopping").contains("Ctrl-C again"));
    }
  }

  @Test
  void aJobThatFailsForGoodEndsTheDemoWithTheRootCause() throws Exception {
    try (var folder = DataFolder.open(path);
        var demo = new Demo(job(new Failing()), settings(null), folder, stop, printed::add)) {
      assertThat(demo.start()).isTrue();

      assertThatThrownBy(demo::run)
          .isInstanceOf(DemoException.class)
          .hasMessage("the job has ended (FAILED): the disk is full of bees");
    }
  }

  @Test
  void linesOfAFileAreSentAndThenTheDemoEnds() throws Exception {
    var input = path.resolveSibling(path.getFileName() + ".ndjson");
    Files.writeString(input, "{\"user_id\":\"a\"}\n{\"user_id\":\"b\"}\n");
    var settings = new DemoSettings(null, 1_000, 10, 1, input, 0, 0, 0);
    try (var folder = DataFolder.open(path);
        var demo = new Demo(job(new Accepting()), settings, folder, stop, printed::add)) {
      assertThat(demo.start()).isTrue();

      var sent = demo.run();
      assertThat(sent.acknowledged()).isEqualTo(2);
      assertThat(sent.events()).isEqualTo(2);
    } finally {
      Files.delete(input);
    }
  }

  @Test
  void aWebPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var folder = DataFolder.open(path)) {
      var settings = new DemoSettings(null, 1_000, 10, 1, null, 0, 0, taken.getLocalPort());
      try (var demo = new Demo(job(new Accepting()), settings, folder, stop, printed::add)) {
        assertThatThrownBy(demo::start)
            .isInstanceOf(PortTakenException.class)
            .hasMessageContaining("port " + taken.getLocalPort() + " for Flink's web UI is taken");
      }
    }
  }

  private void stopAfterLines(int lines) {
    printed.add("a line");
    if (printed.size() == lines) {
      stop.make();
    }
  }

  private static DemoSettings settings(Duration duration) {
    return new DemoSettings(duration, 1_000, 100, 1, null, 0, 0, 0);
  }

  private static BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job(
      RichFilterFunction<String> step) {
    return (environment, config) -> {
      environment
          .fromSource(
              source(config, config.kafka().eventsTopic()),
              WatermarkStrategy.noWatermarks(),
              "source")
          .uid("source")
          .filter(step)
          .uid("step")
          .sinkTo(new DiscardingSink<>())
          .uid("sink");
      environment
          .fromSource(
              source(config, config.kafka().profilesTopic()),
              WatermarkStrategy.noWatermarks(),
              "profiles")
          .uid("profiles")
          .filter(new Accepting("profilesDeadLettered"))
          .uid("profiles-gate")
          .name("profiles-gate")
          .sinkTo(new DiscardingSink<>())
          .uid("profiles-sink");
    };
  }

  private static KafkaSource<String> source(RiskstreamConfig config, String topic) {
    return KafkaSource.<String>builder()
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setTopics(topic)
        .setGroupId(config.kafka().groupId())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setValueOnlyDeserializer(new AnyText())
        .build();
  }
}
