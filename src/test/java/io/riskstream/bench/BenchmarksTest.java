package io.riskstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks run; what they say is no matter of a test. */
final class BenchmarksTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void eachBenchmarkGivesAFigure() throws Exception {
    var result = folder.resolve("result.csv");
    var jmh =
        Benchmarks.start(
            List.of(
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "1ms",
                "-foe",
                "true",
                "-v",
                "SILENT",
                "-p",
                "user=ordinary",
                "-p",
                "order=out-of-order",
                "-rf",
                "csv",
                "-rff",
                result.toString()));
    try {
      assertThat(jmh.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(jmh.exitValue()).isZero();
    } finally {
      jmh.destroyForcibly();
    }
    assertThat(Files.readAllLines(result))
        .extracting(line -> line.substring(0, line.indexOf(',')).replaceAll(".*\\.|\"", ""))
        .containsExactly("Benchmark", "dedupe", "fold", "rules", "slices", "together");
  }
}
