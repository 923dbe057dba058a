package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.latency.LatencyPart.Plan;
import io.riskstream.benchmarks.latency.LatencyPart.Rate;
import io.riskstream.benchmarks.latency.RateReport.Cores;
import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import io.riskstream.benchmarks.measure.Control;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Sample;
import io.riskstream.benchmarks.measure.SteadyPart;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.report.Figures;
import io.riskstream.benchmarks.report.Standing;
import io.riskstream.benchmarks.report.Verdicts;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What is said of latencies, at which rates, and when a run fails for them. */
class LatencyReportTest {
  private static final LatencyReport.Terms TERMS =
      new LatencyReport.Terms(1000, 5, 10, 2_000_000, 0);

  @Test
  void percentilesAreOfTheWholeDistribution() {
    var micros = new Histogram(3);
    for (var millis = 1; millis <= 1000; millis++) {
      micros.recordValue(millis * 1000L);
    }

    var found = Percentiles.ofMicros(micros);

    assertThat(found.count()).isEqualTo(1000);
    assertThat(found.p50Millis()).isEqualTo(500, within(0.5));
    assertThat(found.p95Millis()).isEqualTo(950, within(1.0));
    assertThat(found.p99Millis()).isEqualTo(990, within(1.0));
    assertThat(found.p999Millis()).isEqualTo(999, within(1.0));
    assertThat(found.maxMillis()).isEqualTo(1000, within(1.0));
  }

  @Test
  void ratesAreSharesOfWhatWasMeasuredWhereNoneIsAskedFor() {
    var shares = Plan.of(List.of(), Size.FULL, 2);
    assertThat(LatencyPart.rates(shares, OptionalDouble.of(5000)))
        .containsExactly(new Rate(10, 500), new Rate(50, 2500), new Rate(80, 4000));
    assertThat(LatencyPart.rates(shares, OptionalDouble.empty())).isEmpty();
    assertThat(LatencyPart.rates(Plan.of(List.of(), Size.QUICK, 2), OptionalDouble.of(5000)))
        .containsExactly(new Rate(50, 2500));
    assertThat(LatencyPart.rates(Plan.of(List.of(70.0), Size.FULL, 2), OptionalDouble.of(5000)))
        .containsExactly(new Rate(0, 70));
  }

  @Test
  void theTableSaysWhatItIsOfAndTheRunPasses() {
    var report = of(rate(List.of()));

    assertThat(printed(report))
        .contains("from when an event was to be sent, late or not")
        .contains("500 events/s planned, 499 achieved")
        .contains("every probe was seen, and all 7,500 events were acknowledged")
        .contains("and everything that the job has written is right");
    assertThat(Verdicts.of(List.of(throughput().with(report))).toString())
        .isEqualTo("verdict: PASS cases=1 contenders=1 ranked=1 wrong=0 failed=0 latency=right");
  }

  @Test
  void aLostProbeFailsTheRun() {
    var lost = of(rate(List.of()), rate(List.of("3 probes were not visible in Redis")));

    assertThat(printed(lost)).contains("FAILED: 3 probes were not visible in Redis");
    assertThat(Verdicts.of(List.of(throughput().with(lost))).toString())
        .isEqualTo("verdict: FAIL cases=1 contenders=1 ranked=1 wrong=0 failed=0 latency=failed");
  }

  @Test
  void whatIsWrittenWrongFailsTheRunAndAllItsFigures() {
    var wrong =
        new LatencyReport(
            10, 5, TERMS, List.of(rate(50, List.of())), List.of("ledger: missing 1, double 0"));

    assertThat(wrong.isRight()).isFalse();
    assertThat(wrong.figures()).isEmpty();
    assertThat(printed(wrong))
        .contains("FAILED: ledger: missing 1")
        .doesNotContain("that the job has written is right");
  }

  @Test
  void whatWasMeasuredAtNoRateFailsTheRun() {
    assertThat(of().isRight()).isFalse();
    assertThat(of(RateReport.failed(new Rate(0, 500), "the job has ended")).isRight()).isFalse();
  }

  @Test
  void aLoadThatCouldNotBeSentHasNoFigures() {
    var printed = printed(of(RateReport.failed(new Rate(0, 500), "the job has ended")));

    assertThat(printed)
        .contains("500 events/s planned", "FAILED: the job has ended")
        .doesNotContain("p99", "0.0");
  }

  @Test
  void targetsMayNameAShareOfWhatWasMeasured() {
    var report = throughput().with(of(rate(50, List.of()), rate(80, List.of("lost"))));

    assertThat(Figures.of(List.of(report)))
        .containsEntry("uniform/riskstream/latency_50_redis_ms/p99", 30.0)
        .containsEntry("uniform/riskstream/latency_50_alert_ms/p99", 1200.0)
        .containsEntry("uniform/riskstream/latency_50_lake_above_interval_ms/p99", 200.0)
        .doesNotContainKey("uniform/riskstream/latency_80_redis_ms/p99");
    assertThat(of(rate(List.of())).figures()).isEmpty();
  }

  @Test
  void coresAreSecondsOfTheLoadAlone() {
    var cores = Cores.between(new Cores(10, 1, 2, 0, 0, 0), new Cores(25, 2, 3, 0.1, 0.2, 0.3), 10);

    assertThat(cores).isEqualTo(new Cores(1.5, 0.1, 0.1, 0.01, 0.02, 0.03));
  }

  private static LatencyReport of(RateReport... rates) {
    return new LatencyReport(10, 5, TERMS, List.of(rates), List.of());
  }

  private static RateReport rate(List<String> problems) {
    return rate(0, problems);
  }

  private static RateReport rate(int percent, List<String> problems) {
    var redis = new Percentiles(9, 1, 2, 30, 40, 50);
    var committed = new Percentiles(9, 500, 950, 1200, 1300, 1400);
    var cores = new Cores(1, 0, 0, 0, 0, 0);
    return new RateReport(
        percent, 500, 7500, 499.2, redis, redis, committed, committed, cores, problems);
  }

  private static CaseReport throughput() {
    var standing = new Standing("riskstream", Role.OURS);
    standing.judged(Judgement.right(1));
    var end = new Sample(1, new Progress(1, 1), 1, 0, Control.Reading.NONE);
    standing.measured(
        new Repetition(
            SteadyPart.of(List.of(end), 1, 0), List.of(end), 0, 0, OptionalLong.empty()));
    return new CaseReport(
        new Workload("uniform", "evenly", 10, 0, 7, 1000, 1, 1), List.of(standing));
  }

  private static String printed(LatencyReport report) {
    var bytes = new ByteArrayOutputStream();
    new LatencyTable(new PrintStream(bytes, true, StandardCharsets.UTF_8)).print(report);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
