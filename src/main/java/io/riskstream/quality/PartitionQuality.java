package io.riskstream.quality;

import io.riskstream.model.Alert;
import io.riskstream.model.EventTypes;
import io.riskstream.model.QualityRow;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.time.Duration;
import java.time.Instant;

/**
 * The quality of one partition: gives one row for each minute that gave a record, once a record of
 * a later minute has come or the input has ended, and alerts where a measure is past its threshold.
 * The outcome depends on the records and their order alone, not on the parts in which they come.
 *
 * <p>A broker's clock may step back: what is ingested before the newest minute so far counts to
 * that one.
 */
public final class PartitionQuality {
  public static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int FORMAT = 1;

  private final String topic;
  private final int partition;
  private final EventTypes types;
  private final QualityLimits limits;
  private final QualityAlerts alerts;

  /** The minute of the newest record, and what it gave; null before the first record. */
  private MinuteTally open;

  private long openMinuteMillis = Long.MIN_VALUE;
  private Baseline baseline;

  /** Takes what a partition gives. */
  public interface Output {
    void row(QualityRow row);

    void alert(Alert alert);
  }

  public PartitionQuality(
      String topic, int partition, EventTypes types, QualityLimits limits, String codeVersion) {
    this.topic = topic;
    this.partition = partition;
    this.types = types;
    this.limits = limits;
    alerts = new QualityAlerts(topic, partition, limits, codeVersion);
  }

  /** Returns the start of the minute, epoch milliseconds. */
  public static long minuteOf(long millis) {
    return Math.floorDiv(millis, MINUTE_MILLIS) * MINUTE_MILLIS;
  }

  /** Adds the partition's next records, which are of one minute. */
  public void add(long minuteMillis, MinuteTally tally, Output out) {
    if (baseline == null) {
      baseline = new Baseline(minuteMillis);
    }
    if (open != null && minuteMillis > openMinuteMillis) {
      close(true, out);
    }
    if (open == null) {
      openMinuteMillis = Math.max(minuteMillis, openMinuteMillis);
      open = tally;
    } else {
      open.add(tally);
    }
  }

  /** The input has ended. */
  public void end(Output out) {
    if (open != null) {
      close(false, out);
    }
  }

  private void close(boolean isOver, Output out) {
    var before = baseline.before(openMinuteMillis, types.size());
    var row = new MinuteMeasures(open, before, isOver, limits).toRow(types);
    row.setTopic(topic);
    row.setPartition(partition);
    row.setTime(Instant.ofEpochMilli(openMinuteMillis));
    out.row(row);
    if (isOver) {
      alerts.judge(row, out::alert);
    }
    baseline.add(openMinuteMillis, open);
    open = null;
  }

  /** Returns all of it as bytes. */
  public byte[] pack(PackedWriter scratch) {
    var target = scratch.reset();
    target.writeByte(FORMAT);
    alerts.write(target);
    target.writeSigned(openMinuteMillis);
    target.writeByte(open == null ? 0 : 1);
    if (open != null) {
      open.write(target);
    }
    target.writeByte(baseline == null ? 0 : 1);
    if (baseline != null) {
      baseline.write(target);
    }
    return target.toByteArray();
  }

  /** Takes over what {@link #pack} gave. */
  public void unpack(byte[] packed) {
    var source = new PackedReader(packed);
    var format = source.readByte();
    if (format != FORMAT) {
      throw new IllegalStateException("quality state of the unknown format " + format);
    }
    alerts.read(source);
    openMinuteMillis = source.readSigned();
    open = source.readByte() == 1 ? MinuteTally.read(source, types) : null;
    baseline = source.readByte() == 1 ? Baseline.read(source, types.size()) : null;
  }
}
