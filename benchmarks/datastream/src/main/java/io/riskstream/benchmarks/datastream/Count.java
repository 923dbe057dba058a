package io.riskstream.benchmarks.datastream;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Counts the events of a window as they come. */
final class Count implements AggregateFunction<UserEvent, Long, Long> {
  private static final long serialVersionUID = 1;

  @Override
  public Long createAccumulator() {
    return 0L;
  }

  @Override
  public Long add(UserEvent event, Long count) {
    return count + 1;
  }

  @Override
  public Long getResult(Long count) {
    return count;
  }

  @Override
  public Long merge(Long one, Long other) {
    return one + other;
  }
}
