package io.riskstream.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The valid events of a topic, as a stream; each query that is started on it reads for itself.
 *
 * @param eventsEachBatch about so many at most; without a bound the first batch would be all
 */
record EventTopic(SparkSession spark, String servers, String name, long eventsEachBatch) {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "event_id STRING, user_id STRING, event_type STRING, `timestamp` STRING,"
              + " session_id STRING, `value` DECIMAL(20, 6), properties MAP<STRING, STRING>");

  /** Reads JSON; what is no valid event is dropped. */
  Dataset<Row> events() {
    var timestamp = col("timestamp");
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", servers)
        .option("subscribe", name)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", eventsEachBatch)
        .load()
        .select(from_json(col("value").cast("string"), SCHEMA).as("event"))
        .select("event.*")
        .withColumn(
            "event_time",
            when(timestamp.contains("-"), try_to_timestamp(timestamp))
                .otherwise(timestamp_millis(timestamp.try_cast("bigint"))))
        .drop("timestamp")
        .where("event_id <> '' AND user_id <> '' AND event_type <> '' AND event_time IS NOT NULL");
  }
}
