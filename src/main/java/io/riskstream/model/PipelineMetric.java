package io.riskstream.model;

import java.util.List;

/**
 * The metrics of the contract, which Prometheus is to show as {@code pipeline_} and the name;
 * {@code docs/metrics.md} is generated from here. Labels are the groups below {@link #GROUP}, in
 * their order; their values are bounded.
 */
public enum PipelineMetric {
  EVENTS_PROCESSED(
      "events_processed_total",
      Type.COUNTER,
      List.of("event_type", "status"),
      "Records by what became of them: accepted, duplicate, late, conflicting or dead_lettered."
          + " Types that events.types does not name are other, and so are all dead letters of the"
          + " gate, which have none."),
  PROCESSING_SECONDS(
      "processing_seconds",
      Type.HISTOGRAM,
      List.of(),
      "Time from the broker's append of an event to its verdict in the user operator, by both"
          + " machines' clocks."),
  EVENT_LATENCY_SECONDS(
      "event_latency_seconds",
      Type.HISTOGRAM,
      List.of(),
      "Time from an event's timestamp to its verdict in the user operator."),
  CONSUMER_LAG(
      "consumer_lag",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Records that the broker has and the reader has not fetched yet."),
  ACTIVE_USERS(
      "active_users",
      Type.GAUGE,
      List.of(),
      "Users with an accepted event in the running five minutes of event time, or in the five before"
          + " them, if those were more. Events out of order and a restart may hide some."),
  QUALITY_ROWS(
      "quality_rows",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Records of the partition's last full minute, as the others of this kind."),
  QUALITY_VALIDITY(
      "quality_validity",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Share of records that are valid, of a known type and less than an hour old."),
  QUALITY_COMPLETENESS(
      "quality_completeness",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Share of session_id, value and properties that is present."),
  QUALITY_LATENCY_SECONDS(
      "quality_latency_seconds",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Mean of ingest_time - timestamp."),
  QUALITY_ROWS_RATIO(
      "quality_rows_ratio",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Records against the mean of the up to 15 minutes before; NaN where that says nothing yet."),
  QUALITY_TYPES_SHIFT(
      "quality_types_shift",
      Type.GAUGE,
      List.of("topic", "partition"),
      "Total variation distance of the types from those minutes; NaN likewise."),
  QUALITY_ANOMALIES(
      "quality_anomalies_total",
      Type.COUNTER,
      List.of("topic", "partition"),
      "Anomalies in rows and in types since the task began."),
  RULE_EVALUATIONS(
      "rule_evaluations_total",
      Type.COUNTER,
      List.of("rule_id"),
      "Evaluations of a rule's condition; from the 201st rule on all together as other."),
  RULE_HITS("rule_hits_total", Type.COUNTER, List.of("rule_id"), "Those that were true."),
  RULE_ERRORS("rule_errors_total", Type.COUNTER, List.of("rule_id"), "Those that failed."),
  RULE_SECONDS(
      "rule_seconds_total", Type.COUNTER, List.of("rule_id"), "Time spent in evaluations.");

  /** What a metric is to Prometheus. */
  public enum Type {
    COUNTER,
    GAUGE,
    /** A counter a bucket, labelled {@code le}, and beside them sum and count. */
    HISTOGRAM
  }

  /** The group of metrics that all of them are in. */
  public static final String GROUP = "pipeline";

  /** Name of a histogram's label. */
  public static final String BOUND = "le";

  private final String suffix;
  private final Type type;

  @SuppressWarnings("ImmutableEnumChecker") // each is a List.of
  private final List<String> labels;

  private final String meaning;

  PipelineMetric(String suffix, Type type, List<String> labels, String meaning) {
    this.suffix = suffix;
    this.type = type;
    this.labels = labels;
    this.meaning = meaning;
  }

  /** Returns the name within the group. */
  public String suffix() {
    return suffix;
  }

  /** Returns the name that Prometheus shows. */
  public String prometheusName() {
    return GROUP + "_" + suffix;
  }

  public Type type() {
    return type;
  }

  public List<String> labels() {
    return labels;
  }

  /** Returns what it says, for a person. */
  public String meaning() {
    return meaning;
  }
}
