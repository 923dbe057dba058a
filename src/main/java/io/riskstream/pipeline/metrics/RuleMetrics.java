package io.riskstream.pipeline.metrics;

import io.riskstream.model.EventTypes;
import io.riskstream.model.PipelineMetric;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.risk.RuleObserver;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.RuleOutcome;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts by rule what conditions do. The first {@link #MOST_RULES} rules that a task meets have
 * series of their own, all others share {@code other}, so that no document can make series without
 * end. Used by one thread.
 */
public final class RuleMetrics implements RuleObserver, AutoCloseable {
  static final int MOST_RULES = 200;
  private static final double NANOS_A_SECOND = 1e9;

  private final MetricGroup group;
  private final Map<String, Series> rules = new HashMap<>();
  private final RuleObserver next;
  private Series others;
  private long begunNanos;

  /** The series of one rule. */
  private static final class Series {
    private final Counter evaluations;
    private final Counter hits;
    private final Counter errors;
    private long nanos;

    private Series(MetricGroup rule) {
      evaluations = rule.counter(PipelineMetric.RULE_EVALUATIONS.suffix());
      hits = rule.counter(PipelineMetric.RULE_HITS.suffix());
      errors = rule.counter(PipelineMetric.RULE_ERRORS.suffix());
      rule.gauge(
          PipelineMetric.RULE_SECONDS.suffix(), (Gauge<Double>) () -> nanos / NANOS_A_SECOND);
    }
  }

  RuleMetrics(MetricGroup operator, RuleObserver next) {
    this.next = next;
    group = operator.addGroup(PipelineMetric.GROUP);
  }

  /** Returns a factory of metrics that hand each judgement on to an observer of the other one. */
  public static RuleObserverFactory before(RuleObserverFactory next) {
    return context -> new RuleMetrics(context.getMetricGroup(), next.create(context));
  }

  @Override
  public void judging() {
    next.judging();
    begunNanos = System.nanoTime();
  }

  @Override
  public void judged(ActiveRules inForce, String ruleId, RuleOutcome outcome, long timeMillis) {
    var series = of(ruleId);
    series.nanos += System.nanoTime() - begunNanos;
    series.evaluations.inc();
    switch (outcome) {
      case TRUE -> series.hits.inc();
      case ERROR -> series.errors.inc();
      case FALSE -> {}
    }
    next.judged(inForce, ruleId, outcome, timeMillis);
  }

  @Override
  public void close() throws Exception {
    if (next instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  private Series of(String ruleId) {
    var series = rules.get(ruleId);
    if (series != null) {
      return series;
    }
    if (rules.size() < MOST_RULES && !ruleId.equals(EventTypes.OTHER)) {
      series = register(ruleId);
      rules.put(ruleId, series);
      return series;
    }
    if (others == null) {
      others = register(EventTypes.OTHER);
    }
    return others;
  }

  private Series register(String ruleId) {
    return new Series(group.addGroup(PipelineMetric.RULE_HITS.labels().get(0), ruleId));
  }
}
