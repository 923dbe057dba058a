package io.riskstream.benchmarks.ceilings;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Counts what passes. */
final class CountingFilter extends RichFilterFunction<byte[]> {
  private static final long serialVersionUID = 1;

  private transient LongCounter records;

  @Override
  public void open(OpenContext context) {
    records = new LongCounter();
    getRuntimeContext().addAccumulator("records", records);
  }

  @Override
  public boolean filter(byte[] value) {
    records.add(1);
    return true;
  }
}
