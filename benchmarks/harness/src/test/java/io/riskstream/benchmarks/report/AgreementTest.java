package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
  @TempDir private Path folder;

  @Test
  void ratiosWithinABoundAgree() throws IOException {
    assertThat(verdict(results(2, 0.9), results(2.29, 0.8)))
        .isEqualTo("verdict: PASS agree=2 of=2");
    assertThat(verdict(results(2.31, 0.9), results(2, 0.8)))
        .isEqualTo("verdict: FAIL agree=1 of=2");
    assertThat(verdict(results(2, 0.9), results(2, 0.7))).isEqualTo("verdict: FAIL agree=1 of=2");
  }

  @Test
  void twoThatHaveNothingInCommonSayNothing() throws IOException {
    assertThat(verdict(results(2, 0.9), "{\"cases\": []}"))
        .isEqualTo("verdict: INCONCLUSIVE agree=0 of=0");
  }

  private String verdict(String first, String second) throws IOException {
    var one = Files.writeString(folder.resolve("first.json"), first);
    var other = Files.writeString(folder.resolve("second.json"), second);
    return Agreement.of(one, other).verdict().toString();
  }

  /** Events per second, and a latency, which is no ratio, differ more than the ratios. */
  private static String results(double toSpark, double hotUser) {
    return """
        {"cases": [{"workload": {"name": "uniform"}, "ratios": [
            {"of": "riskstream", "to": "spark", "eventsPerSecond": %s, "eventsPerCpuSecond": %s}]}],
         "targets": [
            {"target": "one user", "ratio": true, "value": %s},
            {"target": "not measured", "ratio": true},
            {"target": "latency", "ratio": false, "value": %d}]}
        """
        .formatted(
            toSpark * toSpark * toSpark, toSpark, hotUser, Math.round(hotUser * hotUser * 999));
  }
}
