package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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

  @TempDir Path path;

  @Test
  void anOlderAndANewerProducerAtOnce() throws Exception {
    assertExact(run(LoadFormat.AVRO, 2));
  }

  @Test
  void jsonAndAvroOnOneTopic() throws Exception {
    assertExact(run(LoadFormat.MIXED, 3));
  }

  private VerificationResult run(LoadFormat format, int ways) throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var settings = new DemoSettings(Duration.ofSeconds(10), RATE, 300, 7, null, format, 0, 0, 0);
    try (var folder = DataFolder.open(path);
        var demo =
            new Demo(PipelineJob::define, settings, folder, new StopRequest(), out::println)) {
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
      return verified;
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
