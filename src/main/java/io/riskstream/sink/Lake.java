package io.riskstream.sink;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlRow;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.QualityRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.model.WindowRow;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The Parquet lake: exactly once by two-phase commit, since a file becomes visible only when the
 * checkpoint that holds its rows is complete. Idempotence key of an events, profiles or control row
 * is (topic, partition, offset), of a ledger row (user_id, event_id), of an activity row (user_id,
 * window_start), of an alerts row (alert_id, revision).
 */
public final class Lake {
  /** Dataset of accepted and late events. */
  public static final String EVENTS = "events";

  /** Dataset of final score changes. */
  public static final String LEDGER = "ledger";

  /** Dataset of what each user did, window by window. */
  public static final String ACTIVITY = "activity";

  /** Dataset of each step in the life of an alert, shadow ones too. */
  public static final String ALERTS = "alerts";

  /** Dataset of timely and late updates of profiles. */
  public static final String PROFILES = "profiles";

  /** Dataset of accepted documents with their cuts. */
  public static final String CONTROL = "control";

  /** Dataset of the aggregates of windows over all users. */
  public static final String WINDOWS = "aggregated/real-time";

  /** Dataset of what the pipeline says of its own work. */
  public static final String AUDIT = "audit";

  /** Dataset of what each partition gave in each minute. */
  public static final String QUALITY = "quality";

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /**
   * Rows after which Parquet looks at its buffer again; by default it may not look for 10,000 rows,
   * and rows can be 64 KiB long.
   */
  private static final int MOST_ROWS_UNCHECKED = 250;

  private Lake() {}

  /** Returns the sink of accepted and late events. */
  public static FileSink<UserEvent> events(LakeConfig lake) {
    var rows = parquet(lake, EventRow.class);
    return dataset(
        lake,
        EVENTS,
        file -> new MappingWriter<>(rows.create(file), Lake::toRow),
        event -> partitionTime(event, event.late()));
  }

  /** Returns the sink of final score changes. */
  public static FileSink<LedgerRow> ledger(LakeConfig lake) {
    return dataset(lake, LEDGER, parquet(lake, LedgerRow.class), Lake::partitionTime);
  }

  /** Returns the sink of what users did. */
  public static FileSink<ActivityRow> activity(LakeConfig lake) {
    return dataset(
        lake,
        ACTIVITY,
        parquet(lake, ActivityRow.class),
        row -> row.getWindowStart().toEpochMilli());
  }

  /** Returns the sink of the steps of alerts. */
  public static FileSink<Alert> alerts(LakeConfig lake) {
    return dataset(
        lake, ALERTS, parquet(lake, Alert.class), row -> row.getEventTime().toEpochMilli());
  }

  /** Returns the sink of timely and late updates of profiles. */
  public static FileSink<ProfileUpdate> profiles(LakeConfig lake) {
    var rows = parquet(lake, ProfileRow.class);
    return dataset(
        lake,
        PROFILES,
        file -> new MappingWriter<>(rows.create(file), Lake::toRow),
        update -> partitionTime(update, update.late()));
  }

  /** Returns the sink of accepted documents. */
  public static FileSink<ControlRow> control(LakeConfig lake) {
    return dataset(
        lake, CONTROL, parquet(lake, ControlRow.class), row -> row.getBrokerTime().toEpochMilli());
  }

  /**
   * Returns the sink of windows; the idempotence key of a row is (window, event_type, window_start,
   * revision).
   */
  public static FileSink<WindowRow> windows(LakeConfig lake) {
    return dataset(
        lake, WINDOWS, parquet(lake, WindowRow.class), row -> row.getWindowStart().toEpochMilli());
  }

  /** Returns the sink of audit rows. */
  public static FileSink<AuditRow> audit(LakeConfig lake) {
    return dataset(lake, AUDIT, parquet(lake, AuditRow.class), row -> row.getTime().toEpochMilli());
  }

  /** Returns the sink of quality rows; idempotence key is (topic, partition, time). */
  public static FileSink<QualityRow> quality(LakeConfig lake) {
    return dataset(
        lake, QUALITY, parquet(lake, QualityRow.class), row -> row.getTime().toEpochMilli());
  }

  /** Returns the folder of the hour that begins then. */
  public static Path folder(String lakePath, String dataset, long hourMillis) {
    return new Path(new Path(lakePath, dataset), HourlyPartitions.folderOf(hourMillis));
  }

  private static <T> FileSink<T> dataset(
      LakeConfig lake,
      String name,
      BulkWriter.Factory<T> writers,
      HourlyPartitions.PartitionTime<T> time) {
    return FileSink.forBulkFormat(new Path(lake.path(), name), writers)
        .withBucketAssigner(new HourlyPartitions<>(time))
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".parquet").build())
        .build();
  }

  private static <T extends SpecificRecordBase> ParquetWriterFactory<T> parquet(
      LakeConfig lake, Class<T> type) {
    var rowGroupBytes = lake.rowGroupBytes();
    return new ParquetWriterFactory<>(
        file ->
            AvroParquetWriter.<T>builder(file)
                .withSchema(SpecificData.get().getSchema(type))
                .withDataModel(SpecificData.getForClass(type))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(rowGroupBytes)
                .withMaxRowCountForPageSizeCheck(MOST_ROWS_UNCHECKED)
                // Each id is met once: a dictionary of them is built only to be thrown away.
                .withDictionaryEncoding("event_id", false)
                .build());
  }

  /**
   * Returns the time that an event or an update is filed under: its own, but that a late one with
   * an odd old timestamp must not open a file of its own.
   */
  public static long partitionTime(UserInput event, boolean late) {
    var ingested = event.coordinates().ingestTimeMillis();
    return late && event.timestampMillis() < ingested - DAY_MILLIS
        ? ingested
        : event.timestampMillis();
  }

  /** Returns the time that a ledger row is filed under. */
  public static long partitionTime(LedgerRow row) {
    return row.getEventTime().toEpochMilli();
  }

  private static EventRow toRow(UserEvent event) {
    var coordinates = event.coordinates();
    return new EventRow(
        event.eventId(),
        event.userId(),
        event.eventType(),
        Instant.ofEpochMilli(event.timestampMillis()),
        event.sessionId(),
        event.valueMicros() == null ? null : Micros.toDecimal(event.valueMicros()),
        event.properties(),
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
        event.late());
  }

  private static ProfileRow toRow(ProfileUpdate update) {
    var coordinates = update.coordinates();
    return new ProfileRow(
        update.userId(),
        Instant.ofEpochMilli(update.timestampMillis()),
        update.attributes(),
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
        update.late());
  }
}
