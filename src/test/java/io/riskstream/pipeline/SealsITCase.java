package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hours of event time pass while the job runs, and fails: each is sealed once it is over. */
@Timeout(240)
final class SealsITCase {
  private static final int HOURS = 6;
  private static final int EVENTS_PER_HOUR = 1_800;
  private static final int USERS = 97;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path path;

  @Test
  void hoursAreSealedWhileTheJobRunsAlsoOverAFailure() throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var settings = new DemoSettings(null, 1_200, 1, 1, events(), 0, 0, 0);
    try (var folder = DataFolder.open(path.resolve("demo"));
        var demo =
            new Demo(SealsITCase::failOnce, settings, folder, new StopRequest(), out::println)) {
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();
      assertThat(FailOnceSink.restores()).as("the failure hit").isPositive();
      var verified = Verification.run(demo.config(), Manifest.read(folder.manifest()), out);

      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
      assertThat(verified.figures())
          .containsEntry("sealed", 2L * HOURS)
          .containsEntry("unsealed", 0L);
      for (var dataset : List.of("events", "ledger")) {
        assertThat(sealedWhileRunning(folder.lake().resolve(dataset)))
            .as("hours of %s sealed by a watermark and not by the end", dataset)
            .isEqualTo(HOURS - 1);
      }
    }
  }

  private static long sealedWhileRunning(Path dataset) throws IOException {
    long sealed = 0;
    try (var files = Files.walk(dataset)) {
      for (var file : files.filter(file -> file.endsWith("_SEALED")).toList()) {
        sealed += JSON.readTree(file.toFile()).get("watermark").isNull() ? 0 : 1;
      }
    }
    return sealed;
  }

  private static void failOnce(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    environment.configure(config.job().flink());
    RiskPipeline.build(environment, config, FailOnceSink.edges(config, 6));
  }

  /** Six hours up to the last full one, in order, a duplicate and a late event here and there. */
  private Path events() throws IOException {
    var start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS));
    var lines = new ArrayList<String>();
    for (var index = 0; index < HOURS * EVENTS_PER_HOUR; index++) {
      var time = start.plusMillis(index * 3_600_000L / EVENTS_PER_HOUR);
      lines.add(line(index, time));
      if (index % 50 == 0) {
        lines.add(line(index, time));
      }
      if (index % 70 == 69) {
        lines.add(line(-index - 1, time.minusSeconds(3_000)));
      }
    }
    return Files.write(path.resolve("events.ndjson"), lines);
  }

  private static String line(int index, Instant time) {
    return "{\"event_id\":\"e%d\",\"user_id\":\"user-%d\",\"event_type\":\"%s\",\"timestamp\":%d}"
        .formatted(
            index,
            Math.floorMod(index, USERS),
            index % 3 == 0 ? "failed_login" : "page_view",
            time.toEpochMilli());
  }
}
