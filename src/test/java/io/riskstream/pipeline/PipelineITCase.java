package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline between a real broker, a real Redis and a lake; judged by exact sets. */
@Timeout(240)
final class PipelineITCase {
  private static final int RATE = 1_500;

  @TempDir Path path;

  @Test
  void everyRecordSentEndsInExactlyOnePlace() throws Exception {
    var verified = run(PipelineJob::define);
    assertExact(verified);
  }

  @Test
  void aFailureInsideTheJobLosesAndDoublesNothing() throws Exception {
    var verified =
        run(
            (environment, config) -> {
              environment.configure(config.job().flink());
              var edges = PipelineJob.edges(config);
              var failing =
                  FailOnceSink.after(
                      6, new HotStoreSink(config.hotStore(), new ControlTopic(config.kafka())));
              RiskPipeline.build(
                  environment,
                  config,
                  new RiskPipeline.Edges(
                      edges.events(),
                      edges.control(),
                      edges.eventsLake(),
                      edges.ledgerLake(),
                      failing,
                      edges.kafka()));
            });
    assertThat(FailOnceSink.failures()).as("the failure hit").isEqualTo(1);
    assertThat(FailOnceSink.restores()).as("writers started from a checkpoint").isPositive();
    assertExact(verified);
  }

  private VerificationResult run(BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job)
      throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var settings = new DemoSettings(Duration.ofSeconds(12), RATE, 300, 7, null, 0, 0, 0);
    try (var folder = DataFolder.open(path);
        var demo = new Demo(job, settings, folder, new StopRequest(), out::println)) {
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();
      var verified = Verification.run(demo.config(), Manifest.read(folder.manifest()), out);
      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
      assertThatThrownBy(() -> runWithoutState(demo.config()))
          .rootCause()
          .hasMessageContaining("the job starts without state, but group riskstream has committed");
      return verified;
    }
  }

  private static void runWithoutState(RiskstreamConfig config) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, config);
    environment.execute();
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
