package io.riskstream.pipeline.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.QualityConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.PipelineMetric;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.quality.Quality;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.Verdict;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.source.Intake;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.Prometheus;
import io.riskstream.testkit.Prometheus.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The metrics of the contract as Prometheus shows them: by Flink's reporter, over HTTP, through the
 * relabelling of the shipped example.
 */
@Timeout(120)
final class PrometheusITCase {
  private static final List<Verdict> VERDICTS = List.of(Verdict.values());
  private static final List<String> TYPES = List.of("failed_login", "purchase");

  /** Names of what every series has besides: of task and machine, by Flink. */
  private static final Set<String> OF_FLINK =
      Set.of(
          "__name__",
          "host",
          "job_id",
          "job_name",
          "operator_id",
          "operator_name",
          "subtask_index",
          "task_attempt_id",
          "task_attempt_num",
          "task_id",
          "task_name",
          "tm_id");

  @Test
  void showsTheContractsNamesAndLabels() throws Exception {
    var prometheus = new Prometheus();
    var configuration = new Configuration();
    prometheus.settings().forEach(configuration::setString);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(1);
    var exercised =
        environment
            .fromSource(
                new NumberSequenceSource(0, Long.MAX_VALUE),
                WatermarkStrategy.noWatermarks(),
                "numbers")
            .uid("numbers")
            .process(new Exercise(), StreamTypes.USER_EVENT)
            .uid("exercise");
    exercised.sinkTo(new DiscardingSink<>()).uid("nothing");
    var config = new QualityConfig(1, 10, 10, 50, 30, 90);
    Quality.judge(Quality.tally(exercised, TYPES, "tally"), TYPES, config, "quality")
        .sinkTo(new DiscardingSink<>())
        .uid("no-rows");
    var job = environment.executeAsync();
    try {
      // The lag is the source's, and shown by its own test.
      Await.until(
          "all metrics are shown",
          () ->
              namesOf(scrape(prometheus)).containsAll(expectedNames(PipelineMetric.CONSUMER_LAG)));
      var shown = scrape(prometheus);
      assertThat(namesOf(shown)).isEqualTo(expectedNames(PipelineMetric.CONSUMER_LAG));
      assertLabels(shown);
      assertThat(values(shown, "pipeline_events_processed_total", "event_type"))
          .containsExactlyInAnyOrder("failed_login", "purchase", "other");
      assertThat(values(shown, "pipeline_events_processed_total", "status"))
          .containsExactlyInAnyOrder(
              "accepted", "duplicate", "late", "conflicting", "dead_lettered");
      assertThat(values(shown, "pipeline_rule_hits_total", "rule_id"))
          .hasSize(RuleMetrics.MOST_RULES + 1)
          .contains("rule-0", "rule-199", "other")
          .doesNotContain("rule-200");
      assertHistogram(
          shown,
          "pipeline_processing_seconds",
          "0.001 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 +Inf");
      assertHistogram(
          shown,
          "pipeline_event_latency_seconds",
          "0.01 0.1 0.5 1 5 10 30 60 300 600 1800 3600 +Inf");
    } finally {
      job.cancel().get(30, TimeUnit.SECONDS);
    }
  }

  private static List<Series> scrape(Prometheus prometheus) {
    try {
      return prometheus.scrape();
    } catch (Exception notThereYet) {
      return List.of(); // the caller goes on waiting, up to its bound
    }
  }

  private static void assertLabels(List<Series> shown) {
    var labels =
        shown.stream()
            .collect(
                groupingBy(
                    Series::name,
                    mapping(
                        series -> {
                          var own = new TreeSet<>(series.labels().keySet());
                          own.removeAll(OF_FLINK);
                          return own;
                        },
                        toSet())));
    for (var metric : PipelineMetric.values()) {
      if (metric != PipelineMetric.CONSUMER_LAG && metric.type() != PipelineMetric.Type.HISTOGRAM) {
        assertThat(labels.get(metric.prometheusName()))
            .as(metric.prometheusName())
            .allSatisfy(
                own -> assertThat(own).containsExactlyInAnyOrderElementsOf(metric.labels()));
      }
    }
  }

  private static void assertHistogram(List<Series> shown, String name, String bounds) {
    var buckets = shown.stream().filter(one -> one.name().equals(name + "_bucket")).toList();
    assertThat(buckets.stream().map(bucket -> bucket.label("le")))
        .containsExactlyInAnyOrder(bounds.split(" "));
    var inOrder =
        Arrays.stream(bounds.split(" "))
            .map(bound -> buckets.stream().filter(one -> one.label("le").equals(bound)).findFirst())
            .map(bucket -> bucket.orElseThrow().value())
            .toList();
    assertThat(inOrder).as("counts up to each bound").isSorted();
    assertThat(inOrder.get(inOrder.size() - 1)).isPositive();
  }

  private static Set<String> values(List<Series> shown, String name, String label) {
    return shown.stream()
        .filter(one -> one.name().equals(name))
        .map(one -> one.label(label))
        .collect(toSet());
  }

  private static Set<String> namesOf(List<Series> shown) {
    return shown.stream().map(Series::name).collect(toSet());
  }

  private static Set<String> expectedNames(PipelineMetric without) {
    return Arrays.stream(PipelineMetric.values())
        .filter(metric -> metric != without)
        .flatMap(
            metric ->
                metric.type() == PipelineMetric.Type.HISTOGRAM
                    ? Stream.of("_bucket", "_sum", "_count")
                        .map(part -> metric.prometheusName() + part)
                    : Stream.of(metric.prometheusName()))
        .collect(toSet());
  }

  /** Has something of everything to say, twenty seconds of the broker's time a record. */
  private static final class Exercise extends ProcessFunction<Long, UserEvent> {
    private static final long serialVersionUID = 1L;

    private transient UserMetrics users;
    private transient GateMetrics gate;
    private transient RuleMetrics rules;

    @Override
    public void open(OpenContext context) {
      var group = getRuntimeContext().getMetricGroup();
      users = new UserMetrics(group, TYPES);
      gate = new GateMetrics(group);
      rules = new RuleMetrics(group, RuleObserver.NONE);
    }

    @Override
    public void processElement(Long number, Context context, Collector<UserEvent> out) {
      var type = List.of("failed_login", "purchase", "unheard").get((int) (number % 3));
      var ingestMillis = Events.START + number * 20_000;
      var event =
          new UserEvent(
              "e" + number,
              "u",
              type,
              ingestMillis - 5,
              null,
              null,
              Map.of(),
              new Coordinates("events", 0, number, ingestMillis),
              false);
      var verdict = VERDICTS.get((int) (number % VERDICTS.size()));
      users.judged(event, verdict, Long.MIN_VALUE, ingestMillis + number % 6_000);
      gate.deadLettered();
      var rule = "rule-" + number % 300;
      for (var outcome : RuleOutcome.values()) {
        rules.judging();
        rules.judged(null, rule, outcome, ingestMillis);
      }
      context.output(Quality.INTAKE, new Intake.Valid(event, 0));
    }
  }
}
