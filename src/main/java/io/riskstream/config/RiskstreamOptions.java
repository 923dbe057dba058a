package io.riskstream.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * Every key of the configuration, with its type, default and meaning; docs/configuration.md is
 * generated from here. An option without a default is required.
 */
public final class RiskstreamOptions {
  /** Keys below it are passed to every Kafka client, without the prefix. */
  public static final String KAFKA_PROPERTIES_PREFIX = "kafka.properties.";

  /** Keys below it are passed to Flink, without the prefix. */
  public static final String FLINK_PREFIX = "flink.";

  public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
      key("kafka.bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription("Kafka brokers to start from, host:port, separated by commas.");

  public static final ConfigOption<String> KAFKA_EVENTS_TOPIC =
      key("kafka.events-topic")
          .stringType()
          .defaultValue("events")
          .withDescription("Topic that events are read from; must have LogAppendTime.");

  public static final ConfigOption<String> KAFKA_ALERTS_TOPIC =
      key("kafka.alerts-topic")
          .stringType()
          .defaultValue("risk-alerts")
          .withDescription("Topic that alerts are written to.");

  public static final ConfigOption<String> KAFKA_DEAD_LETTERS_TOPIC =
      key("kafka.dead-letters-topic")
          .stringType()
          .defaultValue("dead-letters")
          .withDescription("Topic that refused records are written to.");

  public static final ConfigOption<String> KAFKA_CONTROL_TOPIC =
      key("kafka.control-topic")
          .stringType()
          .defaultValue("control")
          .withDescription(
              "Topic of documents that ask the running job for something, such as to fill the hot"
                  + " store anew; the job publishes there too.");

  public static final ConfigOption<String> KAFKA_CONTROL_STATUS_TOPIC =
      key("kafka.control-status-topic")
          .stringType()
          .defaultValue("control-status")
          .withDescription("Topic that says what became of each document of the control topic.");

  public static final ConfigOption<String> KAFKA_PROFILES_TOPIC =
      key("kafka.profiles-topic")
          .stringType()
          .defaultValue("user-profiles")
          .withDescription(
              "Topic that updates of user profiles are read from; must have LogAppendTime. It is "
                  + "to keep what a job may read again.");

  public static final ConfigOption<String> KAFKA_GROUP_ID =
      key("kafka.group-id")
          .stringType()
          .defaultValue("riskstream")
          .withDescription(
              "Consumer group under which progress is shown in Kafka. The job itself goes on from its"
                  + " checkpoint or savepoint, and refuses to start without one where the group has"
                  + " committed offsets.");

  public static final ConfigOption<String> KAFKA_TRANSACTIONAL_ID_PREFIX =
      key("kafka.transactional-id-prefix")
          .stringType()
          .defaultValue("riskstream")
          .withDescription(
              "Begin of the transactional ids of this job; no two jobs of a Kafka cluster may share"
                  + " it.");

  public static final ConfigOption<Duration> KAFKA_TRANSACTION_TIMEOUT =
      key("kafka.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "How long Kafka keeps an open transaction. Must exceed the longest time that the job"
                  + " may be down, and is bounded by the broker's transaction.max.timeout.ms.");

  public static final ConfigOption<String> SOURCE_STARTING_OFFSETS =
      key("source.starting-offsets")
          .stringType()
          .defaultValue("earliest")
          .withDescription(
              "Where a job without state starts: earliest, latest, committed, a time (ISO-8601 with an"
                  + " offset, or epoch milliseconds), or an offset for every partition, such as"
                  + " 0:1200,1:0. A job with state goes on from it, whatever stands here. All but"
                  + " earliest may start where the group has committed offsets: then what the earlier"
                  + " job had read but not made final is not known to this one. Partitions that are"
                  + " added later are read from their first record.");

  public static final ConfigOption<Integer> SOURCE_RATE_LIMIT =
      key("source.rate-limit")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Most records a second that the job reads, shared evenly by its source tasks; 0 for no"
                  + " limit.");

  public static final ConfigOption<Integer> SOURCE_PARTITION_RATE_LIMIT =
      key("source.partition-rate-limit")
          .intType()
          .defaultValue(0)
          .withDescription("Most records a second that are read of a partition; 0 for no limit.");

  public static final ConfigOption<Integer> SOURCE_RECORDS_PER_CHECKPOINT =
      key("source.records-per-checkpoint")
          .intType()
          .defaultValue(0)
          .withDescription(
              "Most records that the job reads between two checkpoints, shared evenly by its source"
                  + " tasks, so at least their number; 0 for no limit. Not together with"
                  + " source.rate-limit.");

  public static final ConfigOption<String> SOURCE_ON_LOST_OFFSETS =
      key("source.on-lost-offsets")
          .stringType()
          .defaultValue("fail")
          .withDescription(
              "What to do where Kafka has deleted records that were not read: fail stops the job with"
                  + " the lost range, record-gap records the range and goes on behind it. A log that"
                  + " ends before the job's offset (topic made anew) always stops it.");
  public static final ConfigOption<String> SCHEMA_REGISTRY_URL =
      key("schema-registry.url")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Registry of the schemas of Avro records: root of its Confluent-compatible interface,"
                  + " http:// or https://. Without one every Avro record is a dead letter.");

  public static final ConfigOption<String> SCHEMA_REGISTRY_SUBJECT =
      key("schema-registry.subject")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Subject that schema check and schema register work on; if empty, the events topic's"
                  + " name with -value behind it. Records name schemas by id, whatever the subject.");

  public static final ConfigOption<String> SCHEMA_REGISTRY_BASIC_AUTH =
      key("schema-registry.basic-auth")
          .stringType()
          .defaultValue("")
          .withDescription(
              "User and password for the registry, user:password, the whole as a placeholder.");

  public static final ConfigOption<Duration> SCHEMA_REGISTRY_REQUEST_TIMEOUT =
      key("schema-registry.request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "Longest that one request to the registry may take. The job tries again for ever, and"
                  + " takes no record for bad because the registry is away.");

  public static final ConfigOption<Duration> TIME_WATERMARK_DELAY =
      key("time.watermark-delay")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription("How far the watermark stays behind the newest event of a partition.");

  public static final ConfigOption<Duration> TIME_ALLOWED_LATENESS =
      key("time.allowed-lateness")
          .durationType()
          .defaultValue(Duration.ofMinutes(20))
          .withDescription(
              "How far the finality line stays behind the watermark; what comes behind it is late.");

  public static final ConfigOption<Duration> TIME_MAX_FUTURE_SKEW =
      key("time.max-future-skew")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription(
              "How far after the broker's time an event may lie before it is impossible.");

  public static final ConfigOption<Duration> TIME_IDLE_TIMEOUT =
      key("time.idle-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "After how long without a valid event a partition no longer holds time back. Longer"
                  + " than the longest outage of a single broker: what a partition brings after it"
                  + " was given up may be late by the others' time.");

  public static final ConfigOption<String> ACTIVITY_WINDOWS =
      key("windows.live")
          .stringType()
          .defaultValue("5m/1m, 1m/30s")
          .withDescription(
              "Sliding windows of event time, size/slide separated by commas, whose features "
                  + "rules see and whose aggregates are written; each slide divides its size. d, h, m "
                  + "and s are the units. Cannot be changed over a savepoint.");

  public static final ConfigOption<Duration> ACTIVITY_SIZE =
      key("activity.size")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "Size of the windows of the activity dataset. Cannot be changed over a savepoint.");

  public static final ConfigOption<String> EVENT_TYPES =
      key("events.types")
          .stringType()
          .defaultValue(
              "failed_login, successful_login, logout, password_change, account_update, page_view, search, add_to_cart, checkout, purchase, refund, ad_impression, ad_click")
          .withDescription(
              "Event types that windows count by name, separated by commas; all others count "
                  + "together as other. Over a savepoint types can be added at the end only.");

  public static final ConfigOption<String> RULES_INITIAL =
      key("rules.initial")
          .stringType()
          .defaultValue("")
          .withDescription(
              "File with the ruleset that is in force before the first one of the control topic; "
                  + "empty: default-1. It stays with the state of the job.");

  public static final ConfigOption<Duration> RULES_GUARD =
      key("rules.guard")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "How long after a document was published, at most, every task has read it. The cut "
                  + "of a document lies as much later.");

  public static final ConfigOption<Integer> RULES_BREAKER_ERRORS =
      key("rules.breaker.errors")
          .intType()
          .defaultValue(1_000)
          .withDescription(
              "Errors of one rule, in one task and interval, after which the rule is disabled; 0 "
                  + "for never.");

  public static final ConfigOption<Integer> RULES_BREAKER_TRIGGERS =
      key("rules.breaker.triggers")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "New alerts of one rule, in one task and interval, after which the rule is "
                  + "disabled; 0 for never.");

  public static final ConfigOption<Duration> RULES_BREAKER_INTERVAL =
      key("rules.breaker.interval")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription("Span of processing time in which the breaker counts.");

  public static final ConfigOption<Duration> PROFILES_MAX_AGE =
      key("profiles.max-age")
          .durationType()
          .defaultValue(Duration.ofHours(24))
          .withDescription("How long after its timestamp a profile still holds.");

  public static final ConfigOption<Duration> PROFILES_IDLE_TIMEOUT =
      key("profiles.idle-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "After how long without an update a partition of the profiles no longer holds "
                  + "event time back.");

  public static final ConfigOption<Integer> QUALITY_LEAST_ROWS =
      key("quality.least-rows")
          .intType()
          .defaultValue(100)
          .withDescription(
              "Rows a minute and partition, in the mean of the minutes before, from which on a minute"
                  + " is held against them.");

  public static final ConfigOption<Integer> QUALITY_ROWS_DEVIATION =
      key("quality.rows-deviation")
          .intType()
          .defaultValue(10)
          .withDescription(
              "Percent by which the rows of a minute may differ from the mean of the minutes before;"
                  + " more is marked as an anomaly.");

  public static final ConfigOption<Integer> QUALITY_TYPES_SHIFT =
      key("quality.types-shift")
          .intType()
          .defaultValue(10)
          .withDescription(
              "Percent of a minute's events that may be of other types than in the minutes before;"
                  + " more is marked as an anomaly.");

  public static final ConfigOption<Integer> QUALITY_ALERT_ROWS_DEVIATION =
      key("quality.alert-rows-deviation")
          .intType()
          .defaultValue(50)
          .withDescription(
              "Percent of difference in rows above which the alert quality-rows comes; 0 for never.");

  public static final ConfigOption<Integer> QUALITY_ALERT_TYPES_SHIFT =
      key("quality.alert-types-shift")
          .intType()
          .defaultValue(30)
          .withDescription(
              "Percent of shift in types above which the alert quality-types comes; 0 for never.");

  public static final ConfigOption<Integer> QUALITY_ALERT_VALIDITY =
      key("quality.alert-validity")
          .intType()
          .defaultValue(90)
          .withDescription(
              "Percent of sound records (valid, of a known type, not an hour old) below which the"
                  + " alert quality-validity comes; 0 for never.");

  public static final ConfigOption<String> LAKE_PATH =
      key("lake.path")
          .stringType()
          .noDefaultValue()
          .withDescription("Root folder of the Parquet lake: a URI, or an absolute path.");

  public static final ConfigOption<MemorySize> LAKE_ROW_GROUP_SIZE =
      key("lake.row-group-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("Bound of the buffer that each open file holds in memory.");

  public static final ConfigOption<String> HOT_STORE_URI =
      key("hot-store.uri")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "The Redis hot store: redis:// or rediss:// (TLS), with user:password@, :port (6379 if"
                  + " none) and /database where needed, the password as a placeholder.");

  public static final ConfigOption<Integer> HOT_STORE_BUFFER_SIZE =
      key("hot-store.buffer-size")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "Most users whose newest snapshot a writer holds while Redis is slow or away.");

  public static final ConfigOption<Integer> HOT_STORE_BATCH_SIZE =
      key("hot-store.batch-size")
          .intType()
          .defaultValue(512)
          .withDescription("Most writes in one pipeline to Redis.");

  public static final ConfigOption<Duration> HOT_STORE_FLUSH_TIMEOUT =
      key("hot-store.flush-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription(
              "Longest that a checkpoint waits for buffered writes; the rest is kept in it.");

  public static final ConfigOption<Duration> HOT_STORE_DRAIN_TIMEOUT =
      key("hot-store.drain-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("Longest that the end of the job waits for buffered writes.");

  public static final ConfigOption<Integer> HOT_STORE_EPOCH =
      key("hot-store.epoch")
          .intType()
          .defaultValue(0)
          .withDescription(
              "First part of each snapshot's version; raise it by one when the job is rewound, so"
                  + " that the replay may overwrite what Redis holds.");

  public static final ConfigOption<Duration> HOT_STORE_ALERT_RETENTION =
      key("hot-store.alert-retention")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription("How long Redis keeps an alert after it was raised.");

  public static final ConfigOption<Integer> HOT_STORE_ALERT_INDEX_SIZE =
      key("hot-store.alert-index-size")
          .intType()
          .defaultValue(10_000)
          .withDescription("Most alerts that the index by time in Redis names, the newest ones.");

  public static final ConfigOption<String> JOB_NAME =
      key("job.name")
          .stringType()
          .defaultValue("riskstream")
          .withDescription("Name of the job in Flink.");

  public static final ConfigOption<Integer> JOB_MAX_PARALLELISM =
      key("job.max-parallelism")
          .intType()
          .defaultValue(128)
          .withDescription("Number of key groups; cannot be changed over a savepoint.");

  public static final ConfigOption<String> RUN_STATE_PATH =
      key("run.state-path")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Folder in which runs that end (pipeline --mode available-now or interval) leave their"
                  + " state for the next one: a URI, or an absolute path. It belongs to one job, as its"
                  + " kafka.group-id does. Needed by these modes only.");

  private RiskstreamOptions() {}

  /** Returns all options, in the order of the documentation. */
  public static List<ConfigOption<?>> all() {
    return List.of(
        KAFKA_BOOTSTRAP_SERVERS,
        KAFKA_EVENTS_TOPIC,
        KAFKA_ALERTS_TOPIC,
        KAFKA_DEAD_LETTERS_TOPIC,
        KAFKA_CONTROL_TOPIC,
        KAFKA_CONTROL_STATUS_TOPIC,
        KAFKA_PROFILES_TOPIC,
        KAFKA_GROUP_ID,
        KAFKA_TRANSACTIONAL_ID_PREFIX,
        KAFKA_TRANSACTION_TIMEOUT,
        SOURCE_STARTING_OFFSETS,
        SOURCE_RATE_LIMIT,
        SOURCE_PARTITION_RATE_LIMIT,
        SOURCE_RECORDS_PER_CHECKPOINT,
        SOURCE_ON_LOST_OFFSETS,
        SCHEMA_REGISTRY_URL,
        SCHEMA_REGISTRY_SUBJECT,
        SCHEMA_REGISTRY_BASIC_AUTH,
        SCHEMA_REGISTRY_REQUEST_TIMEOUT,
        TIME_WATERMARK_DELAY,
        TIME_ALLOWED_LATENESS,
        TIME_MAX_FUTURE_SKEW,
        TIME_IDLE_TIMEOUT,
        ACTIVITY_WINDOWS,
        ACTIVITY_SIZE,
        EVENT_TYPES,
        RULES_INITIAL,
        RULES_GUARD,
        RULES_BREAKER_ERRORS,
        RULES_BREAKER_TRIGGERS,
        RULES_BREAKER_INTERVAL,
        PROFILES_MAX_AGE,
        PROFILES_IDLE_TIMEOUT,
        QUALITY_LEAST_ROWS,
        QUALITY_ROWS_DEVIATION,
        QUALITY_TYPES_SHIFT,
        QUALITY_ALERT_ROWS_DEVIATION,
        QUALITY_ALERT_TYPES_SHIFT,
        QUALITY_ALERT_VALIDITY,
        LAKE_PATH,
        LAKE_ROW_GROUP_SIZE,
        HOT_STORE_URI,
        HOT_STORE_BUFFER_SIZE,
        HOT_STORE_BATCH_SIZE,
        HOT_STORE_FLUSH_TIMEOUT,
        HOT_STORE_DRAIN_TIMEOUT,
        HOT_STORE_EPOCH,
        HOT_STORE_ALERT_RETENTION,
        HOT_STORE_ALERT_INDEX_SIZE,
        JOB_NAME,
        JOB_MAX_PARALLELISM,
        RUN_STATE_PATH);
  }
}
