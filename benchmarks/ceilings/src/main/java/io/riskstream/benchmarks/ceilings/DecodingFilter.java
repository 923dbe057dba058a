package io.riskstream.benchmarks.ceilings;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Lets valid events pass, and counts those and all. */
final class DecodingFilter extends RichFilterFunction<byte[]> {
  private static final long serialVersionUID = 1;

  private transient LongCounter records;
  private transient LongCounter valid;
  private transient EventReader reader;

  @Override
  public void open(OpenContext context) {
    records = new LongCounter();
    valid = new LongCounter();
    getRuntimeContext().addAccumulator("records", records);
    getRuntimeContext().addAccumulator("valid", valid);
    reader = new EventReader();
  }

  @Override
  public boolean filter(byte[] value) {
    records.add(1);
    if (!reader.isValid(value)) {
      return false;
    }
    valid.add(1);
    return true;
  }
}
