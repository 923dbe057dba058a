package io.riskstream.pipeline.completeness;

import io.riskstream.sink.Lake;
import io.riskstream.sink.seal.Seal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Seals an hour of a dataset once, when no row of it that counts can come any more. An event is
 * accepted while its timestamp is not below watermark − lateness, so that hour is over when the
 * watermark reaches its end + lateness; the ledger's rows come at timers that are rounded up, so
 * one tick later. The tallies hand on their sums before each watermark, so all rows have been
 * counted by then.
 *
 * <p>Keyed by dataset and not by hour, so that it is known for ever which hours are over: late rows
 * of such an hour make no second seal, also while the watermark begins anew after a restore.
 *
 * <p>The lateness may change over a savepoint. What came before a smaller one may still have timers
 * of the greater, so the hours of then go on waiting for that.
 *
 * <p>State of a dataset: rows by folder and partition, cleared when the hour is over; the end of
 * the last hour that was, and how long hours wait, never cleared; one timer an open hour.
 */
final class SealFunction extends KeyedProcessFunction<String, FolderDelta, Seal> {
  private static final long serialVersionUID = 1L;

  private static final MapStateDescriptor<FolderKey, FolderCounts> FOLDERS =
      new MapStateDescriptor<>(
          "folders", Types.POJO(FolderKey.class), Types.POJO(FolderCounts.class));
  private static final ValueStateDescriptor<Long> SEALED_UNTIL =
      new ValueStateDescriptor<>("sealed-until", Types.LONG);

  /** A partition's part of an hour's folder. */
  public record FolderKey(long hourMillis, String topic, int partition) {}

  private static final ValueStateDescriptor<Waits> WAITS =
      new ValueStateDescriptor<>("waits", Types.POJO(Waits.class));

  /**
   * How long after its end an hour is over.
   *
   * @param longest for hours that begin before {@code until}
   * @param last for the others, which are over after those in any case
   * @param until Long.MIN_VALUE where both are the same
   */
  public record Waits(long longest, long last, long until) {
    static Waits always(long waitMillis) {
      return new Waits(waitMillis, waitMillis, Long.MIN_VALUE);
    }

    long overAt(long hourMillis) {
      var end = hourMillis + Account.HOUR_MILLIS;
      return hourMillis < until ? end + longest : Math.max(end + last, until + longest);
    }
  }

  private final long latenessMillis;
  private final long ledgerTickMillis;
  private final long maxFutureSkewMillis;

  private transient MapState<FolderKey, FolderCounts> folders;
  private transient ValueState<Long> sealedUntil;
  private transient ValueState<Waits> waits;
  private transient Counter rowsBehindSeals;

  SealFunction(long latenessMillis, long ledgerTickMillis, long maxFutureSkewMillis) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
    this.latenessMillis = latenessMillis;
    this.ledgerTickMillis = ledgerTickMillis;
  }

  @Override
  public void open(OpenContext context) {
    folders = getRuntimeContext().getMapState(FOLDERS);
    sealedUntil = getRuntimeContext().getState(SEALED_UNTIL);
    waits = getRuntimeContext().getState(WAITS);
    rowsBehindSeals = getRuntimeContext().getMetricGroup().counter("rowsBehindSeals");
  }

  @Override
  public void processElement(FolderDelta delta, Context context, Collector<Seal> out)
      throws Exception {
    var until = sealedUntil.value();
    if (until != null && delta.hourMillis() < until) {
      // Late rows; or accepted ones of an idle partition that woke up, which is outside the law.
      rowsBehindSeals.inc(delta.counts().rows());
      return;
    }
    var waiting = waits(context);
    var key = new FolderKey(delta.hourMillis(), delta.topic(), delta.partition());
    var counts = folders.get(key);
    folders.put(key, (counts == null ? FolderCounts.NONE : counts).plus(delta.counts()));
    context.timerService().registerEventTimeTimer(waiting.overAt(delta.hourMillis()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Seal> out)
      throws Exception {
    var waiting = waits(context);
    for (long hour : openHours()) {
      var overAt = waiting.overAt(hour);
      if (overAt <= timestamp) {
        seal(hour, context, out);
      } else {
        // The timer that is there may be of another wait.
        context.timerService().registerEventTimeTimer(overAt);
      }
    }
  }

  private void seal(long hour, OnTimerContext context, Collector<Seal> out) throws Exception {
    var parts = removeParts(hour);
    var until = sealedUntil.value();
    var end = hour + Account.HOUR_MILLIS;
    sealedUntil.update(until == null ? end : Math.max(until, end));
    var seal =
        Seal.of(
            context.getCurrentKey(),
            hour,
            parts,
            context.timerService().currentWatermark(),
            context.timerService().currentProcessingTime());
    if (seal.rows() > 0) {
      out.collect(seal);
    }
  }

  private List<Seal.Part> removeParts(long hour) throws Exception {
    var parts = new ArrayList<Seal.Part>();
    for (var folder = folders.iterator(); folder.hasNext(); ) {
      var entry = folder.next();
      if (entry.getKey().hourMillis() == hour) {
        var counts = entry.getValue();
        parts.add(
            new Seal.Part(
                entry.getKey().topic(),
                entry.getKey().partition(),
                counts.rows(),
                counts.lateRows(),
                counts.firstOffset(),
                counts.lastOffset()));
        folder.remove();
      }
    }
    if (folders.isEmpty()) {
      folders.clear(); // or the heap would keep an empty map
    }
    parts.sort(Comparator.comparing(Seal.Part::topic).thenComparingInt(Seal.Part::partition));
    return parts;
  }

  private SortedSet<Long> openHours() throws Exception {
    var hours = new TreeSet<Long>();
    for (var folder : folders.keys()) {
      hours.add(folder.hourMillis());
    }
    return hours;
  }

  /** Returns what holds for the dataset now; the state follows the configuration. */
  private Waits waits(Context context) throws Exception {
    var held = waits.value();
    var now = waitMillis(context.getCurrentKey());
    var sealed = sealedUntil.value();
    Waits next;
    if (held == null || now >= held.longest() || (sealed != null && isOver(held, now, sealed))) {
      next = Waits.always(now);
    } else if (now == held.last()) {
      return held;
    } else {
      next = new Waits(held.longest(), now, endOfKnownHours(context));
    }
    if (!next.equals(held)) {
      waits.update(next);
    }
    return next;
  }

  private static boolean isOver(Waits held, long now, long sealed) {
    return now == held.last() && sealed >= held.until();
  }

  /** Behind the hours of all events that have come: none is from further ahead than the skew. */
  private long endOfKnownHours(Context context) throws Exception {
    var latest = context.timerService().currentProcessingTime() + maxFutureSkewMillis;
    var open = openHours();
    return Account.hourOf(open.isEmpty() ? latest : Math.max(latest, open.last()))
        + Account.HOUR_MILLIS;
  }

  private long waitMillis(String dataset) {
    return dataset.equals(Lake.LEDGER) ? latenessMillis + ledgerTickMillis : latenessMillis;
  }
}
