package io.riskstream.benchmarks.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.benchmarks.goal.Scorecard.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which targets are met, and what is wrong with a file of them. */
class ScorecardTest {
  private static final String PEER =
      """
      - target: against the peer
        figure: uniform/ours/events_per_second/min
        beside: uniform/peer/events_per_second/max
        at: least
        must: 2
        aim: 4
      """;
  private static final String LATENCY =
      """
      - target: soon visible
        figure: uniform/ours/latency/p99
        at: most
        must: 50
        aim: 10
      """;

  @TempDir private Path folder;

  @Test
  void saysWhatIsMetMissedAndBetterThanPromised() throws IOException {
    assertThat(against(7.9, 4)).isEqualTo(Result.MISSED);
    assertThat(against(8, 4)).isEqualTo(Result.MET);
    assertThat(against(16, 4)).isEqualTo(Result.AIM);
    assertThat(latency(51)).isEqualTo(Result.MISSED);
    assertThat(latency(50)).isEqualTo(Result.MET);
    assertThat(latency(10)).isEqualTo(Result.AIM);
  }

  @Test
  void whatWasNotMeasuredIsNotMet() throws IOException {
    var targets = read(PEER + LATENCY);
    var onlyOurs = Map.of("uniform/ours/events_per_second/min", 100.0);
    var card = Scorecard.of(targets, onlyOurs);

    assertThat(card.met()).isZero();
    assertThat(card.count(Result.NOT_MEASURED)).isEqualTo(2);
    var printed = new ByteArrayOutputStream();
    card.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("against the peer (at least)", "not measured");
  }

  @Test
  void namesTheFileThePlaceAndWhatIsWrong() {
    assertThatThrownBy(() -> read(LATENCY + PEER.replace("must: 2", "must: much")))
        .hasMessageContaining("targets.yaml: target 2: must has to be a number");
    assertThatThrownBy(() -> read(PEER.replace("aim: 4", "aim: 1")))
        .hasMessageContaining("targets.yaml: against the peer: the aim 1.0 is weaker");
    assertThatThrownBy(() -> read(PEER.replace("beside", "besides")))
        .hasMessageContaining("target 1: it has the keys");
    assertThatThrownBy(() -> read("targets: none"))
        .hasMessageContaining("targets.yaml: it is to be a list of targets");
  }

  @Test
  void theShippedFileIsRight() throws IOException {
    assertThat(TargetsFile.read(Path.of("..", "targets.yaml"))).hasSize(12);
  }

  private Result against(double ours, double peer) throws IOException {
    return result(
        PEER,
        Map.of(
            "uniform/ours/events_per_second/min", ours,
            "uniform/peer/events_per_second/max", peer));
  }

  private Result latency(double millis) throws IOException {
    return result(LATENCY, Map.of("uniform/ours/latency/p99", millis));
  }

  private Result result(String yaml, Map<String, Double> figures) throws IOException {
    return Scorecard.of(read(yaml), figures).lines().get(0).result();
  }

  private List<Target> read(String yaml) throws IOException {
    var file = folder.resolve("targets.yaml");
    Files.writeString(file, yaml);
    return TargetsFile.read(file);
  }
}
