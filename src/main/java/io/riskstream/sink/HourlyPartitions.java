package io.riskstream.sink;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Files each row under the hour of its time, UTC, in folders that any engine prunes by. */
final class HourlyPartitions<T> implements BucketAssigner<T, String> {
  private static final long serialVersionUID = 1L;
  private static final long HOUR_MILLIS = 3_600_000L;

  /** The time that a row is filed under. */
  @FunctionalInterface
  interface PartitionTime<T> extends Serializable {
    long millisOf(T row);
  }

  private final PartitionTime<T> time;
  private transient long lastHour;
  private transient String lastFolder;

  HourlyPartitions(PartitionTime<T> time) {
    this.time = time;
  }

  @Override
  public String getBucketId(T row, Context context) {
    var hour = Math.floorDiv(time.millisOf(row), HOUR_MILLIS);
    if (lastFolder == null || hour != lastHour) {
      lastFolder = folder(hour);
      lastHour = hour;
    }
    return lastFolder;
  }

  /** Returns the folder of the hour that the time lies in. */
  static String folderOf(long millis) {
    return folder(Math.floorDiv(millis, HOUR_MILLIS));
  }

  private static String folder(long hour) {
    var start = Instant.ofEpochMilli(hour * HOUR_MILLIS).atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "year=%04d/month=%02d/day=%02d/hour=%02d",
        start.getYear(),
        start.getMonthValue(),
        start.getDayOfMonth(),
        start.getHour());
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
