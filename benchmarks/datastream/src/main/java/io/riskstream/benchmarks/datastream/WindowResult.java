package io.riskstream.benchmarks.datastream;

import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Names a window's count by event type and begin. */
final class WindowResult extends ProcessWindowFunction<Long, Result, String, TimeWindow> {
  private static final long serialVersionUID = 1;

  @Override
  public void process(
      String eventType, Context context, Iterable<Long> counts, Collector<Result> out) {
    var key = "window:" + eventType + ":" + context.window().getStart();
    out.collect(new Result(key, Long.toString(counts.iterator().next())));
  }
}
