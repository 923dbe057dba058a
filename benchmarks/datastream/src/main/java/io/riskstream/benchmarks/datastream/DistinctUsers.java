package io.riskstream.benchmarks.datastream;

import java.util.HashSet;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * Counts the events and the users of a window once it is complete. Flink keeps the events until
 * then: a set of users that grew with each event would be read and written whole for each.
 */
final class DistinctUsers extends ProcessWindowFunction<UserEvent, Result, String, TimeWindow> {
  private static final long serialVersionUID = 1;

  private final String window;

  DistinctUsers(String window) {
    this.window = window;
  }

  @Override
  public void process(
      String eventType, Context context, Iterable<UserEvent> events, Collector<Result> out) {
    var users = new HashSet<String>();
    long count = 0;
    for (var event : events) {
      users.add(event.userId);
      count++;
    }
    var key = "sliding:" + window + ":" + eventType + ":" + context.window().getStart();
    out.collect(new Result(key, count + "," + users.size()));
  }
}
