package io.riskstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.server.PortTakenException;
import io.riskstream.manifest.Manifest;
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
  /** Counts every record as accepted. */
  private static final class Accepting extends RichFilterFunction<String> {
    private static final long serialVersionUID = 1L;
    private transient Counter accepted;

    @Override
    public void open(OpenContext context) {
      accepted = getRuntimeContext().getMetricGroup().counter("accepted");
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
      assertThat(sent.sent()).isEqualTo(3_000);
      assertThat(Manifest.read(folder.manifest()).records()).hasSize(3_000);
      assertThat(printed).hasSizeGreaterThan(2).last().asString().contains("lag 0  accepted 3,000");
      assertThat(folder.flink().resolve("savepoints")).isNotEmptyDirectory();
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

      assertThat(demo.run().acknowledged()).isEqualTo(2);
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

  private static DemoSettings settings(Duration duration) {
    return new DemoSettings(duration, 1_000, 100, 1, null, 0, 0, 0);
  }

  private static BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job(
      RichFilterFunction<String> step) {
    return (environment, config) -> {
      var source =
          KafkaSource.<String>builder()
              .setBootstrapServers(config.kafka().bootstrapServers())
              .setTopics(config.kafka().eventsTopic())
              .setGroupId(config.kafka().groupId())
              .setStartingOffsets(OffsetsInitializer.earliest())
              .setValueOnlyDeserializer(new AnyText())
              .build();
      environment
          .fromSource(source, WatermarkStrategy.noWatermarks(), "source")
          .uid("source")
          .filter(step)
          .uid("step")
          .sinkTo(new DiscardingSink<>())
          .uid("sink");
    };
  }
}
