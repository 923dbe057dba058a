package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
  @TempDir private Path folder;

  @Test
  void ratiosWithinABoundAgree() throws IOException {
    var first = results("full", uniform(turns(20, 40), turns(10, 20)));

    assertThat(verdict(first, results("full", uniform(turns(22.9, 45.8), turns(10, 20)))))
        .isEqualTo("verdict: PASS agree=1 of=1");
    assertThat(verdict(first, results("full", uniform(turns(23.1, 46.2), turns(10, 20)))))
        .isEqualTo("verdict: FAIL agree=0 of=1");
    assertThat(verdict(first, results("full", uniform(turns(17.3, 34.6), turns(10, 20)))))
        .isEqualTo("verdict: FAIL agree=0 of=1");
  }

  @Test
  void aTurnThatIsSlowForBothChangesNothing() throws IOException {
    assertThat(
            verdict(
                results("full", uniform(turns(20, 40), turns(10, 20))),
                results("full", uniform(turns(20, 4), turns(10, 2)))))
        .isEqualTo("verdict: PASS agree=1 of=1");
  }

  @Test
  void oursInAnotherCaseStandsBesideThatInTheFirst() throws IOException {
    var uniform = uniform(turns(20, 40), turns(10, 20));
    var hotUser = ofCase("hot-user", contender("riskstream", "OURS", turns(10, 20)));
    var faster = ofCase("hot-user", contender("riskstream", "OURS", turns(15, 30)));

    assertThat(printed(results("full", uniform, hotUser), results("full", uniform, faster)))
        .contains("uniform: riskstream beside spark")
        .contains("riskstream in hot-user beside uniform")
        .contains("0.500 ×÷ 1.00")
        .contains("0.750 ×÷ 1.00")
        .contains("DIFFERS");
  }

  @Test
  void whoIsRankedInOneOnlyDiffers() throws IOException {
    var failed = contender("spark", "PEER", turns(10, 20)).replace("true", "false");
    var ours = contender("riskstream", "OURS", turns(20, 40));

    assertThat(
            verdict(
                results("full", uniform(turns(20, 40), turns(10, 20))),
                results("full", ofCase("uniform", ours + "," + failed))))
        .isEqualTo("verdict: FAIL agree=0 of=1");
  }

  @Test
  void targetsAreToComeOutTheSame() throws IOException {
    assertThat(verdict(targets("met", "missed", 5), targets("aim", "missed", 9)))
        .isEqualTo("verdict: PASS agree=2 of=2");
    assertThat(verdict(targets("met", "missed", 5), targets("missed", "missed", 5)))
        .isEqualTo("verdict: FAIL agree=1 of=2");
  }

  @Test
  void twoThatHaveNothingInCommonSayNothing() throws IOException {
    var other = ofCase("zipf", contender("riskstream", "OURS", turns(1, 1)));

    assertThat(
            verdict(results("full", uniform(turns(20, 40), turns(10, 20))), results("full", other)))
        .isEqualTo("verdict: INCONCLUSIVE agree=0 of=0");
  }

  @Test
  void runsOfTwoKindsAreNotCompared() {
    var uniform = uniform(turns(20, 40), turns(10, 20));

    assertThatThrownBy(() -> verdict(results("full", uniform), results("quick", uniform)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("size is \"full\" in the first and \"quick\" in the second");
  }

  @Test
  void oneThatWasMeasuredWithoutAControlIsRefused() {
    var uniform = uniform(turns(20, 40), turns(10, 20));
    var before = uniform.replace("events_per_billion_control_steps", "events_per_cpu_second");

    assertThatThrownBy(() -> verdict(results("full", uniform), results("full", before)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("second.json has no events_per_billion_control_steps");
  }

  private String verdict(String first, String second) throws IOException {
    return agreement(first, second).verdict().toString();
  }

  private String printed(String first, String second) throws IOException {
    var text = new ByteArrayOutputStream();
    agreement(first, second).print(new PrintStream(text, true, StandardCharsets.UTF_8));
    return text.toString(StandardCharsets.UTF_8);
  }

  private Agreement agreement(String first, String second) throws IOException {
    return Agreement.of(
        Files.writeString(folder.resolve("first.json"), first),
        Files.writeString(folder.resolve("second.json"), second));
  }

  private static String uniform(List<String> ours, List<String> spark) {
    return ofCase(
        "uniform", contender("riskstream", "OURS", ours) + "," + contender("spark", "PEER", spark));
  }

  private static String results(String size, String... cases) {
    return "{\"surroundings\": {\"size\": \"%s\"}, \"cases\": [%s]}"
        .formatted(size, String.join(",", cases));
  }

  private static String ofCase(String name, String contenders) {
    return "{\"workload\": {\"name\": \"%s\"}, \"contenders\": [%s]}".formatted(name, contenders);
  }

  private static String contender(String name, String role, List<String> turns) {
    return "{\"name\": \"%s\", \"role\": \"%s\", \"ranked\": true, \"repetitions\": [%s]}"
        .formatted(name, role, String.join(",", turns));
  }

  private static List<String> turns(double first, double second) {
    return List.of(turn(first), turn(second));
  }

  private static String turn(double eventsPerCpuSecond) {
    return "{\"events_per_billion_control_steps\": %s, \"whole_run\": false}"
        .formatted(eventsPerCpuSecond);
  }

  private static String targets(String first, String second, double latency) {
    return """
        {"targets": [
            {"target": "one user", "value": 0.9, "result": "%s"},
            {"target": "not measured", "result": "not measured"},
            {"target": "latency", "value": %s, "result": "%s"}]}
        """
        .formatted(first, latency, second);
  }
}
