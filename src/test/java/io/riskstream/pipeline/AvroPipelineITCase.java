package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult;
import io.riskstream.ops.VerificationResult.Conclusion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline with a real schema registry: producers of different schemas send at once, and
 * every record ends in exactly one place.
 */
@Timeout(240)
final class AvroPipelineITCase {
  private static final int RATE = 1_500;
  private static final int LINES_BEFORE_OUTAGE = 4;

  @TempDir Path path;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void anOlderAndANewerProducerAtOnce() throws Exception {
    run(LoadFormat.AVRO, 2, PipelineJob::define, demo -> {});
  }

  @Test
  void jsonAndAvroOnOneTopic() throws Exception {
    run(LoadFormat.MIXED, 3, PipelineJob::define, demo -> {});
  }

  @Test
  void aRegistryThatIsAwayWhileTheJobRestartsIsWaitedFor() throws Exception {
    var outage = new Outage();

    run(LoadFormat.AVRO, 2, AvroPipelineITCase::withFailure, outage::step);

    assertThat(outage.retriesSeen).as("the outage hit").isPositive();
    assertThat(FailOnceSink.failures()).as("the failure hit").isEqualTo(1);
  }

  /**
   * Kills the registry, then fails the job, so that it knows no schema any more, and starts the
   * registry again once the job was seen to wait for it.
   */
  private static final class Outage {
    private int lines;
    private boolean over;
    private long retriesSeen;

    void step(Demo demo) {
      lines++;
      if (lines == LINES_BEFORE_OUTAGE) {
        demo.registry().crash();
        FailOnceSink.failNow();
      }
      if (lines > LINES_BEFORE_OUTAGE && !over) {
        retriesSeen = demo.registryRetries();
        over = retriesSeen > 0;
        if (over) {
          startAgain(demo);
        }
      }
    }

    private static void startAgain(Demo demo) {
      try {
        demo.registry().startAgain();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static void withFailure(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    environment.configure(config.job().flink());
    RiskPipeline.build(environment, config, FailOnceSink.edges(config, Integer.MAX_VALUE));
  }

  /** Runs a demo, doing something after each line that it prints, and expects exact sets. */
  private void run(
      LoadFormat format,
      int ways,
      BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job,
      Consumer<Demo> afterLine)
      throws Exception {
    var settings = new DemoSettings(Duration.ofSeconds(10), RATE, 300, 7, null, format, 0, 0, 0);
    var running = new AtomicReference<Demo>();
    Consumer<String> screen =
        line -> {
          out.println(line);
          afterLine.accept(running.get());
        };
    try (var folder = DataFolder.open(path);
        var demo = new Demo(job, settings, folder, new StopRequest(), screen)) {
      running.set(demo);
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();
      var manifest = Manifest.read(folder.manifest());
      assertThat(
              manifest.records().stream()
                  .filter(sent -> !sent.kind().equals("malformed"))
                  .map(SentRecord::writerSchema)
                  .distinct())
          .as("schemas of valid records, none for JSON")
          .hasSize(ways);
      var verified = Verification.run(demo.config(), manifest, out);
      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
      assertExact(verified);
    }
  }

  private static void assertExact(VerificationResult verified) {
    assertThat(verified.figures())
        .containsEntry("missing", 0L)
        .containsEntry("double", 0L)
        .containsEntry("different", 0L)
        .containsEntry("redis_stale", 0L);
    for (var kind : new String[] {"accepted", "duplicate", "late", "dead_lettered", "alerts"}) {
      assertThat(((Number) verified.figures().get(kind)).longValue()).as(kind).isPositive();
    }
  }
}
