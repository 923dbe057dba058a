package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md says what the metrics are. With {@code -Dregenerate=true} it is written anew. */
class MetricsDocTest {
  private static final Path DOCUMENT = Path.of("docs", "metrics.md");

  private static final String INTRODUCTION =
      """
      # Metrics

      Generated from `PipelineMetric`; do not edit. After a change of a metric run
      `mvn test -Dtest=MetricsDocTest -Dregenerate=true`.

      Names as Prometheus shows them through the rules of `flink-conf/prometheus.yml`, which is an
      example of a scrape and says what Flink's reporter needs. Flink itself shows them as
      `flink_taskmanager_job_task_operator_pipeline_…`. Every series carries the labels of its task too
      (`job_name`, `operator_name`, `subtask_index`, `host`, …): sum over them. Counters count since the
      task began and begin anew with it, which `rate()` allows for; what must be exact over failures is
      in the datasets `audit` and `quality`.

      A histogram is a counter `…_bucket` for each bound (`le`), `…_sum` and `…_count`:

          histogram_quantile(0.99, sum by (le) (rate(pipeline_processing_seconds_bucket[5m])))

      The breaker's gauges keep Flink's names (`flink_taskmanager_job_task_operator_…` of `user-risk`):
      `breakerOpened`, documents that it has made since the task began; `breakerPending`, those that Kafka
      has not taken yet; `breakerFailedAttempts` to publish one; `breakerDropped`, those that found no room
      to wait, so that their rules go on until somebody disables them.

      The number of series is bounded: types of events by `events.types` and one more, rules by 200 and
      one more, partitions by those of the topics.

      | metric | type | labels | meaning |
      |---|---|---|---|
      """;

  @Test
  void documentSaysWhatTheMetricsAre() throws IOException {
    var expected =
        INTRODUCTION
            + Arrays.stream(PipelineMetric.values())
                .map(MetricsDocTest::row)
                .collect(Collectors.joining());
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(DOCUMENT, expected);
    }

    assertThat(DOCUMENT).hasContent(expected);
  }

  private static String row(PipelineMetric metric) {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            metric.prometheusName(),
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.labels().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(", ")),
            metric.meaning());
  }
}
