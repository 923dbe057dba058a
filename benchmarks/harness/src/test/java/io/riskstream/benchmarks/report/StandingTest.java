package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.goal.Scorecard;
import io.riskstream.benchmarks.goal.Target;
import io.riskstream.benchmarks.goal.TargetsFile;
import io.riskstream.benchmarks.measure.Control;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Sample;
import io.riskstream.benchmarks.measure.SteadyPart;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is ranked, what the ratios are of, and what the verdict says. */
class StandingTest {
  private static final Judgement RIGHT = Judgement.right(10);
  private static final Judgement WRONG =
      new Judgement(List.of("user:user-7: must be 3,100000, is 2,100000"), 10);

  @Test
  void setsOurWorstBesideTheOthersBest() {
    var ours = standing("riskstream", Role.OURS, RIGHT, 60, 40, 50);
    var peer = standing("kafka-streams", Role.PEER, RIGHT, 10, 20, 15);

    var ratios = Ratio.of(List.of(ours, peer));

    assertThat(ratios).hasSize(1);
    assertThat(ratios.get(0).to()).isEqualTo("kafka-streams");
    assertThat(ratios.get(0).eventsPerSecond()).isEqualTo(2.0, offset(1e-9));
    assertThat(ratios.get(0).eventsPerCpuSecond()).isEqualTo(2.0, offset(1e-9));
  }

  @Test
  void whatTheControlSuffersTooIsNoneOfARatioInTurn() {
    var ours = standing("riskstream", Role.OURS, repetition(50, 2.0));
    var peer = standing("spark", Role.PEER, repetition(100, 1.0));

    var ratio = Ratio.of(List.of(ours, peer)).get(0);

    assertThat(ratio.eventsPerCpuSecond()).isEqualTo(0.5, offset(1e-9));
    assertThat(ratio.inTurn().mean()).isEqualTo(1.0, offset(1e-9));
  }

  @Test
  void aWrongContenderIsNotRankedHoweverFastItIs() {
    var ours = standing("riskstream", Role.OURS, RIGHT, 50);
    var wrong = standing("kafka-streams", Role.PEER, WRONG, 1_000_000);
    var report = report(ours, wrong);

    assertThat(wrong.isRanked()).isFalse();
    assertThat(Ratio.of(report.standings())).isEmpty();
    assertThat(printed(report))
        .contains("kafka-streams        WRONG, not ranked", "user-7: must be 3,100000, is 2,100000")
        .doesNotContain("1,000,000");
    assertThat(Verdicts.of(List.of(report)).toString())
        .isEqualTo("verdict: FAIL cases=1 contenders=2 ranked=1 wrong=1 failed=0");
  }

  @Test
  void oneWithoutASteadyPartIsComparedWithNobody() {
    var ours = standing("riskstream", Role.OURS, RIGHT, 50);
    var peer = standing("kafka-streams", Role.PEER, RIGHT, 10);
    var start = new Sample(0, new Progress(0, 0), 0, 0, Control.Reading.NONE);
    var end = new Sample(9, new Progress(10, 1), 1, 0, Control.Reading.NONE);
    var whole = new SteadyPart(start, end, true);
    peer.measured(new Repetition(whole, List.of(end), 1 << 20, 0, OptionalLong.empty()));

    assertThat(peer.isRanked()).isTrue();
    assertThat(printed(report(ours, peer)))
        .contains("kafka-streams *      peer", "no steady part")
        .doesNotContain("worst of");
  }

  @Test
  void oneThatFailedOrWasNotMeasuredIsNotRankedEither() {
    var failed = standing("datastream", Role.PEER, RIGHT, 50);
    failed.failed("it stands at 3 of 10 records");
    var report = report(failed, standing("consume", Role.CEILING, RIGHT));

    assertThat(printed(report)).contains("FAILED: it stands at 3 of 10 records, not ranked");
    assertThat(Verdicts.of(List.of(report)).toString())
        .isEqualTo("verdict: FAIL cases=1 contenders=2 ranked=0 wrong=0 failed=1");
  }

  @Test
  void passesWhereAllAreRightAndMeasured() {
    var report =
        report(
            standing("riskstream", Role.OURS, RIGHT, 50),
            standing("consume", Role.CEILING, RIGHT, 100));

    assertThat(Verdicts.of(List.of(report)).outcome()).isEqualTo(Outcome.PASS);
    assertThat(printed(report))
        .contains("worst of riskstream beside the best of consume: 0.50 of its");
  }

  @Test
  void drawsThoseThatAreRanked(@TempDir Path folder) throws IOException {
    var ours = standing("riskstream", Role.OURS, RIGHT, 60, 40, 50);
    var wrong = standing("kafka-streams", Role.PEER, WRONG, 1_000_000);

    var ceiling = standing("consume", Role.CEILING, RIGHT, 1_000_000);
    assertThat(Plots.write(folder, report(ours, wrong, ceiling)))
        .containsExactly("uniform", "uniform-ceilings");

    var picture = ImageIO.read(folder.resolve("uniform.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(1000);
    assertThat(Files.readString(folder.resolve("uniform.svg"))).contains("<svg");

    var without = folder.resolve("without");
    Plots.write(without, report(wrong));
    assertThat(without).doesNotExist();
  }

  @Test
  void isHeldToTheTargetsToo() {
    var report = report(standing("riskstream", Role.OURS, RIGHT, 50));
    var figures = Figures.of(List.of(report));
    assertThat(figures).containsEntry("uniform/riskstream/events_per_second/median", 50.0);

    assertThat(Verdicts.of(List.of(report), card(figures, 50)).toString())
        .startsWith("verdict: PASS met=1 of=1 not_measured=0 cases=1");
    assertThat(Verdicts.of(List.of(report), card(figures, 51)).toString())
        .startsWith("verdict: FAIL met=0 of=1 not_measured=0 cases=1");
  }

  private static Scorecard card(Map<String, Double> figures, double must) {
    var figure = "uniform/riskstream/events_per_second/median";
    var target = new Target("fast", figure, null, Target.Bound.LEAST, must, must);
    return Scorecard.of(List.of(target), figures);
  }

  @Test
  void theShippedTargetsAskForFiguresThatThereAre() throws IOException {
    var figures = Figures.of(List.of(report(standing("riskstream", Role.OURS, RIGHT, 50))));

    for (var target : TargetsFile.read(Path.of("..", "targets.yaml"))) {
      for (var figure : List.of(target.figure(), Objects.toString(target.beside(), ""))) {
        if (!figure.isEmpty() && !figure.contains("/latency_")) {
          var ours = figure.replaceFirst("^[^/]+/[^/]+/", "uniform/riskstream/");
          assertThat(figures).as(target.target()).containsKey(ours);
        }
      }
    }
  }

  @Test
  void whatTheControlSuffersTooIsNotInAFigureByItsSteps() {
    var slow = standing("riskstream", Role.OURS, repetition(50, 2.0));
    var free = standing("riskstream", Role.OURS, repetition(100, 1.0));

    var name = "uniform/riskstream/events_per_billion_control_steps/median";
    assertThat(Figures.of(List.of(report(slow))).get(name))
        .isEqualTo(Figures.of(List.of(report(free))).get(name), offset(1e-6));
  }

  @Test
  void resultsDoNotSayWhereTheCheckoutLies(@TempDir Path folder) throws IOException {
    var workload =
        new Workload("uniform", "evenly", 10, 0, 1, 1000, 10, 10)
            .withSettings(Map.of("rules.initial", folder.resolve("rules.yaml").toString()));
    var report = new CaseReport(workload, List.of(standing("riskstream", Role.OURS, RIGHT, 50)));
    var file = folder.resolve("results.json");

    ResultsFile.write(
        file,
        Surroundings.now("1", Size.FULL, 2, 2),
        List.of(report),
        Scorecard.of(List.of(), Map.of()),
        "");

    assertThat(Files.readString(file))
        .contains("\"./rules.yaml\"")
        .doesNotContain(folder.toString());
  }

  @Test
  void doesNotPassForNothing() {
    assertThat(Verdicts.of(List.of()).outcome()).isEqualTo(Outcome.FAIL);
  }

  private static CaseReport report(Standing... standings) {
    return new CaseReport(
        new Workload("uniform", "evenly", 10, 0, 1, 1000, 10, 10), List.of(standings));
  }

  private static Standing standing(String name, Role role, Judgement judgement, int... rates) {
    var standing = new Standing(name, role);
    standing.judged(judgement);
    for (var rate : rates) {
      standing.measured(repetition(rate, 1.1));
    }
    return standing;
  }

  /** Returns that of a contender which was right, and was measured once. */
  private static Standing standing(String name, Role role, Repetition one) {
    var standing = standing(name, role, RIGHT);
    standing.measured(one);
    return standing;
  }

  private static Repetition repetition(int rate, double controlNanos) {
    var before = new Control.Reading(10, 15, 3000);
    var after = new Control.Reading(20, 15 + 10 * controlNanos, 6000);
    var steps =
        List.of(
            new Sample(1, new Progress(300, 0.3), 2, 0, before),
            new Sample(2, new Progress(300 + rate, 0.9), 3, 0, after));
    var steady = new SteadyPart(steps.get(0), steps.get(1), false);
    return new Repetition(steady, steps, 1 << 20, 0, OptionalLong.empty());
  }

  private static String printed(CaseReport report) {
    var bytes = new ByteArrayOutputStream();
    new Table(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(report);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
