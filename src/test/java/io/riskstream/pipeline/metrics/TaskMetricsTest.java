package io.riskstream.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.PipelineMetric;
import io.riskstream.testkit.Events;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the metrics of a task count. */
final class TaskMetricsTest {
  private static final long FIVE_MINUTES = Duration.ofMinutes(5).toMillis();
  private static final long START = Math.floorDiv(Events.START, FIVE_MINUTES) * FIVE_MINUTES;

  @Test
  void anActiveUserCountsOnceInFiveMinutes() {
    var metrics = new NestedGauges();
    var active = ActiveUsers.register(metrics);
    active.accepted(Long.MIN_VALUE, START);
    active.accepted(START, START + 1);
    active.accepted(START - 1, START + 2);
    assertThat(metrics.values.get("/active_users")).isEqualTo(2L);
    active.accepted(START + 1, START + FIVE_MINUTES);
    assertThat(metrics.values.get("/active_users"))
        .as("the five minutes before had more")
        .isEqualTo(2L);
    active.accepted(START + 1, START - 1);
    assertThat(metrics.values.get("/active_users")).as("it is over").isEqualTo(2L);
    active.accepted(START, START + 3 * FIVE_MINUTES);
    assertThat(metrics.values.get("/active_users")).as("between was nobody").isEqualTo(1L);
  }

  @Test
  void aBucketHoldsWhatIsUpToItsBoundAndTheLastIsOfAll() {
    var shown = new NestedGauges();
    var histogram = BucketHistogram.register(shown, PipelineMetric.PROCESSING_SECONDS, 1, 2_500);
    for (var millis : new long[] {-3, 1, 2, 2_500, 2_501}) {
      histogram.add(millis);
    }
    assertThat(shown.values)
        .containsEntry("le=0.001/processing_seconds_bucket", 2L)
        .containsEntry("le=2.5/processing_seconds_bucket", 4L)
        .containsEntry("le=+Inf/processing_seconds_bucket", 5L)
        .containsEntry("/processing_seconds_count", 5L)
        .containsEntry("/processing_seconds_sum", 5.001);
  }
}
