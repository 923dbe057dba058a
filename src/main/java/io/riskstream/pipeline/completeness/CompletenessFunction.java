package io.riskstream.pipeline.completeness;

import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the accounts of a partition and writes one row an hour: when the hour is over there, which
 * is when the gate has received a record of a later one, and everything received in it has come to
 * its end. What is open at the end of the input is written then. A broker's clock may step back: an
 * hour that gets more after its row is written again, with absolute counts and the next revision.
 *
 * <p>State of a partition: the counts of each hour until {@link #KEPT_MILLIS} of ingest time after
 * it, cleared when a newer hour begins; how far it has been read, never cleared.
 */
final class CompletenessFunction extends KeyedProcessFunction<String, PartitionDelta, AuditRow> {
  private static final long serialVersionUID = 1L;

  /** Longest that a clock may have been ahead without an hour being counted anew from nothing. */
  static final long KEPT_MILLIS = Duration.ofHours(25).toMillis();

  static final MapStateDescriptor<Long, OpenHour> HOURS =
      new MapStateDescriptor<>("hours", Types.LONG, Types.POJO(OpenHour.class));
  private static final ValueStateDescriptor<Progress> PROGRESS =
      new ValueStateDescriptor<>("progress", Types.POJO(Progress.class));

  private transient MapState<Long, OpenHour> hours;
  private transient ValueState<Progress> progress;
  private transient Map<String, PartitionGauges> gauges;

  @Override
  public void open(OpenContext context) {
    hours = getRuntimeContext().getMapState(HOURS);
    progress = getRuntimeContext().getState(PROGRESS);
    gauges = new HashMap<>();
  }

  @Override
  public void processElement(PartitionDelta delta, Context context, Collector<AuditRow> out)
      throws Exception {
    var before = progress.value();
    if (before == null) {
      before = Progress.NONE;
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    var now = before.plus(delta);
    progress.update(now);
    gauges
        .computeIfAbsent(
            context.getCurrentKey(),
            name -> PartitionGauges.register(getRuntimeContext().getMetricGroup(), delta))
        .show(now.totals());
    add(delta.hourMillis(), delta.counts());
    if (now.currentHourMillis() == before.currentHourMillis()) {
      writeIfOver(delta.hourMillis(), now, context.getCurrentKey(), out);
      return;
    }
    if (before.currentHourMillis() == Account.NO_HOUR) {
      placeWhatWasBeforeTheFirstRecord(now.currentHourMillis());
    }
    for (var hour : known()) {
      writeIfOver(hour, now, context.getCurrentKey(), out);
      if (hour < now.newestHourMillis() - KEPT_MILLIS && !hours.get(hour).changed()) {
        hours.remove(hour);
      }
    }
  }

  /** The end of the input: what is open is over. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<AuditRow> out)
      throws Exception {
    for (var hour : known()) {
      var open = hours.get(hour);
      if (open.changed() && hour != Account.NO_HOUR) {
        write(hour, open, context.getCurrentKey(), out);
      }
    }
  }

  private void add(long hour, HourCounts counts) throws Exception {
    var open = hours.get(hour);
    hours.put(hour, (open == null ? OpenHour.NEW : open).plus(counts));
  }

  private void placeWhatWasBeforeTheFirstRecord(long hour) throws Exception {
    var missing = hours.get(Account.NO_HOUR);
    if (missing != null) {
      add(hour, missing.counts());
      hours.remove(Account.NO_HOUR);
    }
  }

  private List<Long> known() throws Exception {
    var known = new ArrayList<Long>();
    hours.keys().forEach(known::add);
    known.sort(null);
    return known;
  }

  private void writeIfOver(long hour, Progress now, String partition, Collector<AuditRow> out)
      throws Exception {
    var open = hours.get(hour);
    if (hour != Account.NO_HOUR
        && hour < now.currentHourMillis()
        && open.changed()
        && open.counts().isBalanced()) {
      write(hour, open, partition, out);
    }
  }

  private void write(long hour, OpenHour open, String partition, Collector<AuditRow> out)
      throws Exception {
    var counts = open.counts();
    var split = partition.lastIndexOf('-');
    out.collect(
        AuditRow.newBuilder()
            .setKind(AuditKinds.COMPLETENESS)
            .setTime(Instant.ofEpochMilli(hour))
            .setTopic(partition.substring(0, split))
            .setPartition(Integer.parseInt(partition.substring(split + 1)))
            .setRevision(open.revision())
            .setReceived(counts.received())
            .setAccepted(counts.accepted())
            .setDuplicate(counts.duplicate())
            .setLate(counts.late())
            .setDeadLettered(counts.deadLettered())
            .setSkipped(counts.skipped())
            .setLost(counts.lost())
            .setFirstOffset(counts.firstOffset())
            .setLastOffset(counts.lastOffset())
            .build());
    hours.put(hour, open.written());
  }

  /**
   * The counts of an hour, and what has been written of it.
   *
   * @param revision of the next row
   * @param changed whether the counts have changed since the last row
   */
  public record OpenHour(HourCounts counts, int revision, boolean changed) {
    static final OpenHour NEW = new OpenHour(HourCounts.NONE, 0, false);

    OpenHour plus(HourCounts more) {
      return new OpenHour(counts.plus(more), revision, true);
    }

    OpenHour written() {
      return new OpenHour(counts, revision + 1, false);
    }
  }

  /**
   * How far a partition has been read.
   *
   * @param currentHourMillis ingest hour of what the gate has received last
   * @param newestHourMillis greatest ingest hour so far
   * @param totals all counts since the job began
   */
  public record Progress(long currentHourMillis, long newestHourMillis, HourCounts totals) {
    static final Progress NONE = new Progress(Account.NO_HOUR, Account.NO_HOUR, HourCounts.NONE);

    Progress plus(PartitionDelta delta) {
      boolean received = delta.counts().received() > 0;
      return new Progress(
          received ? delta.hourMillis() : currentHourMillis,
          received ? Math.max(newestHourMillis, delta.hourMillis()) : newestHourMillis,
          totals.plus(delta.counts()));
    }
  }
}
