package io.riskstream.benchmarks.flinksql;

import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * Score and count of each user by a grouped aggregation, events of each type by a window function,
 * both to one topic, exactly once.
 */
public final class FlinkSqlJob {
  /** What cannot be parsed is skipped by the format, what is no valid event by the view. */
  private static final String EVENTS =
      """
      CREATE TABLE events (
        event_id STRING,
        user_id STRING,
        event_type STRING,
        `timestamp` STRING,
        event_time AS CASE
          WHEN `timestamp` LIKE '%%-%%' THEN ISO_TIME(`timestamp`)
          ELSE TO_TIMESTAMP_LTZ(TRY_CAST(`timestamp` AS BIGINT), 3)
        END,
        WATERMARK FOR event_time AS event_time - INTERVAL '1' MINUTE
      ) WITH (
        'connector' = 'kafka',
        'properties.bootstrap.servers' = '%s',
        'topic' = '%s',
        'properties.group.id' = '%s',
        'scan.startup.mode' = 'earliest-offset',
        'format' = 'json',
        'json.ignore-parse-errors' = 'true'
      )""";

  private static final String VALID_EVENTS =
      """
      CREATE VIEW valid_events AS
      SELECT user_id, event_type, event_time FROM events
      WHERE event_id <> '' AND user_id <> '' AND event_type <> '' AND event_time IS NOT NULL""";

  /** Rows of users are updates, those of windows are not. */
  private static final String USERS =
      """
      CREATE TABLE users (`key` STRING, `value` STRING, PRIMARY KEY (`key`) NOT ENFORCED) WITH (
        'connector' = 'upsert-kafka',
        'value.fields-include' = 'EXCEPT_KEY',""";

  private static final String WINDOWS =
      """
      CREATE TABLE windows (`key` STRING, `value` STRING) WITH (
        'connector' = 'kafka',
        'key.fields' = 'key',
        'value.fields-include' = 'EXCEPT_KEY',""";

  /** The broker's greatest timeout is 15 minutes; the producer's default of an hour is refused. */
  private static final String SINK =
      """
      'key.format' = 'raw',
      'value.format' = 'raw',
      'properties.bootstrap.servers' = '%s',
      'topic' = '%s',
      'sink.delivery-guarantee' = 'exactly-once',
      'sink.transactional-id-prefix' = '%s',
      'properties.transaction.timeout.ms' = '900000'
      )""";

  /** The key is made before it is grouped by, so that it is known to be unique. */
  private static final String WRITE_USERS =
      """
      INSERT INTO users
      SELECT `key`, CAST(COUNT(*) AS STRING) || ',' || CAST(CLAMPED_SCORE(event_type) AS STRING)
      FROM (SELECT 'user:' || user_id AS `key`, event_type FROM valid_events)
      GROUP BY `key`""";

  private static final String WRITE_WINDOWS =
      """
      INSERT INTO windows
      SELECT
        'window:' || event_type || ':' || CAST(EXTRACT(EPOCH FROM window_start) * 1000 AS STRING),
        CAST(COUNT(*) AS STRING)
      FROM TUMBLE(TABLE valid_events, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
      GROUP BY event_type, window_start, window_end""";

  private FlinkSqlJob() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    var parameters = ParameterTool.fromArgs(args);
    var servers = parameters.getRequired("bootstrap-servers");
    var group = parameters.getRequired("group");
    var output = parameters.getRequired("output");
    var tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    // What the documentation's page on performance begins with, in its own figures.
    tables.getConfig().set("table.exec.mini-batch.enabled", "true");
    tables.getConfig().set("table.exec.mini-batch.allow-latency", "5 s");
    tables.getConfig().set("table.exec.mini-batch.size", "5000");
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.getConfig().set("pipeline.name", "flink-sql");

    tables.createTemporarySystemFunction("CLAMPED_SCORE", ClampedScore.class);
    tables.createTemporarySystemFunction("ISO_TIME", IsoTime.class);
    tables.executeSql(EVENTS.formatted(servers, parameters.getRequired("input"), group));
    tables.executeSql(VALID_EVENTS);
    tables.executeSql(USERS + SINK.formatted(servers, output, group + "-users"));
    tables.executeSql(WINDOWS + SINK.formatted(servers, output, group + "-windows"));
    tables.createStatementSet().addInsertSql(WRITE_USERS).addInsertSql(WRITE_WINDOWS).execute();
  }
}
