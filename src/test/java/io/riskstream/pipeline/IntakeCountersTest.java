package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.risk.Verdict;
import io.riskstream.testkit.RecordedMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class IntakeCountersTest {
  private static final Map<Verdict, String> NAMES =
      Map.of(
          Verdict.ACCEPTED, "accepted",
          Verdict.DUPLICATE, "duplicate",
          Verdict.LATE, "late",
          Verdict.CONFLICTING_DUPLICATE, "deadLettered");

  private final RecordedMetrics metrics = new RecordedMetrics();
  private final IntakeCounters counters = new IntakeCounters(metrics);

  @ParameterizedTest
  @EnumSource
  void countsEachVerdictUnderItsOwnNameAndNoOther(Verdict verdict) {
    counters.count(verdict);
    counters.count(verdict);
    for (var name : List.of("accepted", "duplicate", "late", "deadLettered")) {
      assertThat(metrics.count(name)).as(name).isEqualTo(name.equals(NAMES.get(verdict)) ? 2 : 0);
    }
  }
}
