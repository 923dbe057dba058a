package io.riskstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.demo.faults.FaultPlan;
import io.riskstream.demo.faults.FaultPlan.Outage;
import io.riskstream.demo.figures.Screen;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo with every fault that it can be asked for: each is proven to hit, nothing is lost. */
@Timeout(240)
class DemoFaultsITCase {
  @TempDir Path path;

  @Test
  void aKilledTaskManagerAndARedisThatComesBackEmptyLoseAndDoubleNothing() throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var settings = new DemoSettings(Duration.ofSeconds(18), 1_500, 500, 7, null, 0, 0, 0);
    var plan =
        new FaultPlan(
            Duration.ofSeconds(5), new Outage(Duration.ofSeconds(10), Duration.ofSeconds(4)));
    try (var folder = DataFolder.open(path);
        var demo =
            new Demo(
                PipelineJob::define,
                settings,
                plan,
                folder,
                new StopRequest(),
                Screen.ofLines(out::println))) {
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();

      var verified = Verification.run(demo.config(), Manifest.read(folder.manifest()), out);
      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
      assertThat(verified.figures())
          .containsEntry("missing", 0L)
          .containsEntry("double", 0L)
          .containsEntry("redis_stale", 0L);
      var faults = demo.faultReport();
      assertThat(faults.unproven()).isEmpty();
      assertThat(faults.restarts()).isEqualTo(1);
      assertThat(faults.replayed()).isPositive();
      assertThat(faults.redisOutageSeconds()).isBetween(4.0, 10.0);
      // All that were known then; a few of the load's users show up for the first time afterwards.
      assertThat(faults.hotRebuilt())
          .isGreaterThan(((Number) verified.figures().get("redis_users")).longValue() * 9 / 10);
    }
  }
}
