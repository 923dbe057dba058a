package io.riskstream.pipeline.window;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.config.ActivityConfig;
import io.riskstream.config.TimeConfig;
import io.riskstream.model.EventTypes;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.WindowRow;
import io.riskstream.model.WindowSpec;
import io.riskstream.pipeline.type.StreamTypes;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The part of the graph that adds up windows over all users.
 *
 * <pre>{@code
 * user operator ─ entries ─► TALLY (chained) ─► WINDOWS, keyed by window, type, start ─┬─► rows
 *                                                                                      └─► hot windows
 * }</pre>
 */
public final class Windows {
  /** Entries of accepted events, from the user operator. */
  public static final OutputTag<WindowEntry> ENTRIES =
      new OutputTag<>("window-entries", WindowEntrySerializer.TYPE);

  /** Type of the rows. */
  public static final TypeInformation<WindowRow> WINDOW_ROW = new AvroTypeInfo<>(WindowRow.class);

  static final OutputTag<HotUpdate> HOT_WINDOWS =
      new OutputTag<>("hot-windows", StreamTypes.HOT_UPDATE);

  /** Sums that a tally holds before it hands them on. */
  static final int MOST_SUMS = 4_096;

  private Windows() {}

  /** Returns the windows and types of the configuration. */
  public static ActivityPlan plan(ActivityConfig activity) {
    return new ActivityPlan(
        activity.live().stream()
            .map(window -> spec(window.name(), window.size(), window.slide()))
            .toList(),
        spec("activity", activity.size(), activity.size()),
        new EventTypes(activity.types()));
  }

  private static WindowSpec spec(String name, Duration size, Duration slide) {
    return new WindowSpec(name, size.toMillis(), slide.toMillis());
  }

  /** Adds up the entries of the user operator, in its own task. */
  public static SingleOutputStreamOperator<WindowDelta> tally(
      DataStream<WindowEntry> entries, ActivityPlan plan, String uid) {
    return entries
        .transform(uid, WindowDeltaSerializer.TYPE, new WindowTallyOperator(plan, MOST_SUMS))
        .uid(uid);
  }

  /**
   * Merges the sums into the rows of the windows' dataset.
   *
   * @param epoch first part of the versions in the hot store
   */
  public static SingleOutputStreamOperator<WindowRow> merge(
      DataStream<WindowDelta> tallies, TimeConfig time, int epoch, String uid) {
    return tallies
        .keyBy(WindowDelta::key, Types.POJO(WindowKey.class))
        .process(new WindowFunction(time, epoch), WINDOW_ROW)
        .uid(uid)
        .name(uid);
  }

  /** Returns each row as the hot store is to show it. */
  public static DataStream<HotUpdate> hot(SingleOutputStreamOperator<WindowRow> rows) {
    return rows.getSideOutput(HOT_WINDOWS);
  }
}
