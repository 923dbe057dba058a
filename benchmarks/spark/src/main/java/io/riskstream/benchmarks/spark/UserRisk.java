package io.riskstream.benchmarks.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Keeps score and count of each user, and tells them once for each batch with events of theirs. */
final class UserRisk extends StatefulProcessor<String, UserEvent, Result> {
  private static final long serialVersionUID = 1;

  private transient ValueState<Risk> state;

  @Override
  public void init(OutputMode outputMode, TimeMode timeMode) {
    state = getHandle().getValueState("risk", Encoders.bean(Risk.class), TTLConfig.NONE());
  }

  @Override
  public Iterator<Result> handleInputRows(
      String user, Iterator<UserEvent> rows, TimerValues timers) {
    // Spark promises no order within a group, and the clamped score depends on it.
    var events = new ArrayList<UserEvent>();
    rows.foreach(events::add);
    events.sort(Comparator.comparingLong(UserEvent::getTimestampMillis));
    var risk = state.exists() ? state.get() : new Risk();
    events.forEach(risk::add);
    state.update(risk);
    var result = new Result("user:" + user, risk.getCount() + "," + risk.getScoreMicros());
    return CollectionConverters.asScala(List.of(result).iterator());
  }
}
