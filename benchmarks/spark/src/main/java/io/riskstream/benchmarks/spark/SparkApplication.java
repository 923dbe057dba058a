package io.riskstream.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.TimeMode;

/** Runs three queries over one topic until one of them fails or the process is stopped. */
public final class SparkApplication {
  private static final String ROCKSDB =
      "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider";

  private final Properties settings;

  private SparkApplication(Properties settings) {
    this.settings = settings;
  }

  /** Takes the file of its settings. */
  public static void main(String[] args) throws IOException {
    var settings = new Properties();
    try (var file = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(file);
    }
    try {
      new SparkApplication(settings).run();
    } catch (StreamingQueryException | TimeoutException | RuntimeException failed) {
      failed.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private void run() throws StreamingQueryException, TimeoutException {
    var spark = session();
    var topic =
        new EventTopic(
            spark,
            setting("bootstrap.servers"),
            setting("input"),
            Long.parseLong(setting("events.each.batch")));
    started("events", topic.events().writeStream())
        .format("parquet")
        .option("path", folder("events"))
        .start();
    toKafka("users", users(topic.events())).start();
    toKafka("windows", windows(topic.events())).start();
    spark.streams().awaitAnyTermination();
  }

  private SparkSession session() {
    return SparkSession.builder()
        .appName("riskstream-benchmarks")
        .master("local[" + setting("parallelism") + "]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", false)
        .config("spark.local.dir", folder("local"))
        .config("spark.sql.warehouse.dir", folder("warehouse"))
        .config("spark.sql.session.timeZone", "UTC")
        // Its default is for a cluster; each partition of a state costs a task in each batch.
        .config("spark.sql.shuffle.partitions", setting("parallelism"))
        .config("spark.sql.streaming.stateStore.providerClass", ROCKSDB)
        .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", true)
        .getOrCreate();
  }

  /** Score and count of each user. */
  private static Dataset<Row> users(Dataset<Row> events) {
    return events
        .select(
            col("user_id").as("userId"),
            col("event_type").as("eventType"),
            unix_millis(col("event_time")).as("timestampMillis"))
        .as(Encoders.bean(UserEvent.class))
        .groupByKey((MapFunction<UserEvent, String>) UserEvent::getUserId, Encoders.STRING())
        .transformWithState(
            new UserRisk(), TimeMode.None(), OutputMode.Update(), Encoders.bean(Result.class))
        .toDF();
  }

  /** Events of each type in each minute. */
  private static Dataset<Row> windows(Dataset<Row> events) {
    return events
        .withWatermark("event_time", "1 minute")
        .groupBy(window(col("event_time"), "1 minute"), col("event_type"))
        .agg(count("*").as("events"))
        .select(
            concat(
                    lit("window:"),
                    col("event_type"),
                    lit(":"),
                    unix_millis(col("window.start")).cast("string"))
                .as("key"),
            col("events").cast("string").as("value"));
  }

  private DataStreamWriter<Row> toKafka(String name, Dataset<Row> rows) {
    return started(name, rows.writeStream())
        .outputMode(OutputMode.Update())
        .format("kafka")
        .option("kafka.bootstrap.servers", setting("bootstrap.servers"))
        .option("topic", setting("output"));
  }

  private DataStreamWriter<Row> started(String name, DataStreamWriter<Row> query) {
    return query.queryName(name).option("checkpointLocation", folder("checkpoints/" + name));
  }

  private String folder(String name) {
    return Path.of(setting("folder")).resolve(name).toString();
  }

  private String setting(String key) {
    var value = settings.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("the settings lack " + key);
    }
    return value;
  }
}
