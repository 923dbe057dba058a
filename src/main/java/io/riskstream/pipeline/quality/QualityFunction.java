package io.riskstream.pipeline.quality;

import io.riskstream.model.Alert;
import io.riskstream.model.CodeVersion;
import io.riskstream.model.EventTypes;
import io.riskstream.model.QualityRow;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.quality.MinuteTally;
import io.riskstream.quality.PartitionQuality;
import io.riskstream.quality.QualityLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts {@link PartitionQuality} on keyed state: writes a minute's row when a record of a later one
 * has come, or the input has ended. Alerts go aside.
 *
 * <p>State of a partition: its open minute, up to fifteen before it in short form, and the buckets
 * of its last alerts, in one packed value; never cleared. One timer, for the end of the input.
 */
final class QualityFunction extends KeyedProcessFunction<String, MinuteDelta, QualityRow> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<byte[]> QUALITY =
      new ValueStateDescriptor<>("quality", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final List<String> typeNames;
  private final QualityLimits limits;

  private transient EventTypes types;
  private transient String codeVersion;
  private transient PackedWriter packing;
  private transient ValueState<byte[]> state;
  private transient Map<String, QualityGauges> gauges;

  QualityFunction(List<String> typeNames, QualityLimits limits) {
    this.typeNames = List.copyOf(typeNames);
    this.limits = limits;
  }

  @Override
  public void open(OpenContext context) {
    types = new EventTypes(typeNames);
    codeVersion = CodeVersion.read();
    packing = new PackedWriter();
    state = getRuntimeContext().getState(QUALITY);
    gauges = new HashMap<>();
  }

  @Override
  public void processElement(MinuteDelta delta, Context context, Collector<QualityRow> out)
      throws Exception {
    if (state.value() == null) {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    var partition = load(delta.partitionName());
    partition.add(
        delta.minuteMillis(),
        MinuteTally.read(new PackedReader(delta.packed()), types),
        output(context, out));
    state.update(partition.pack(packing));
  }

  /** The end of the input. */
  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<QualityRow> out)
      throws Exception {
    var partition = load(context.getCurrentKey());
    partition.end(output(context, out));
    state.update(partition.pack(packing));
  }

  private PartitionQuality load(String name) throws Exception {
    var split = name.lastIndexOf('-');
    var partition =
        new PartitionQuality(
            name.substring(0, split),
            Integer.parseInt(name.substring(split + 1)),
            types,
            limits,
            codeVersion);
    var packed = state.value();
    if (packed != null) {
      partition.unpack(packed);
    }
    return partition;
  }

  private PartitionQuality.Output output(Context context, Collector<QualityRow> out) {
    return new PartitionQuality.Output() {
      @Override
      public void row(QualityRow row) {
        gauges
            .computeIfAbsent(
                context.getCurrentKey(),
                name -> QualityGauges.register(getRuntimeContext().getMetricGroup(), row))
            .show(row);
        out.collect(row);
      }

      @Override
      public void alert(Alert alert) {
        context.output(Quality.ALERTS, alert);
      }
    };
  }
}
