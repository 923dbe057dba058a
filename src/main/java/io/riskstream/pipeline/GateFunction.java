package io.riskstream.pipeline;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.completeness.PartitionOffsets;
import io.riskstream.pipeline.gate.PartitionLines;
import io.riskstream.source.Intake;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The gate, chained to the source so that it sees each partition in offset order: marks late events
 * and sends dead letters aside. Every record and every gap is entered in the accounts.
 *
 * <p>State: that of {@link PartitionLines}, and in the same way the next offset of each partition
 * with the ingest hour of the last record, of which the greater offset is the newer.
 */
final class GateFunction extends ProcessFunction<Intake, UserEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final ListStateDescriptor<Tuple4<String, Integer, Long, Long>> READ =
      new ListStateDescriptor<>(
          "read-offsets-by-partition",
          Types.TUPLE(Types.STRING, Types.INT, Types.LONG, Types.LONG));

  private final TimeConfig time;
  private final Verdicts verdicts;

  private transient PartitionLines lines;
  private transient PartitionOffsets offsets;
  private transient ListState<Tuple4<String, Integer, Long, Long>> read;
  private transient Counter deadLettered;
  private transient Counter unknownFields;

  GateFunction(TimeConfig time, Verdicts verdicts) {
    this.time = time;
    this.verdicts = verdicts;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    lines = new PartitionLines(time, context);
    offsets = new PartitionOffsets();
    read = context.getOperatorStateStore().getUnionListState(READ);
    for (var entry : read.get()) {
      offsets.restore(entry.f0, entry.f1, entry.f2, entry.f3);
    }
  }

  @Override
  public void open(OpenContext context) {
    deadLettered = getRuntimeContext().getMetricGroup().counter("deadLettered");
    unknownFields = getRuntimeContext().getMetricGroup().counter("unknownFields");
  }

  @Override
  public void processElement(Intake intake, Context context, Collector<UserEvent> out) {
    if (verdicts == Verdicts.RECORDED && intake instanceof Intake.Valid recorded) {
      out.collect(recorded.event());
    } else if (intake instanceof Intake.Valid valid) {
      var event = valid.event();
      out.collect(lines.isLate(event) ? event.asLate() : event);
      unknownFields.inc(valid.unknownFields());
      context.output(Completeness.ACCOUNTS, offsets.received(event.coordinates(), false));
    } else if (intake instanceof Intake.Refused refused) {
      deadLettered.inc();
      var letter = refused.deadLetter();
      context.output(Outputs.DEAD_LETTERS, letter);
      context.output(Completeness.ACCOUNTS, offsets.received(coordinatesOf(letter), true));
    } else if (intake instanceof Intake.Gap gap) {
      offsets.missing(gap).forEach(account -> context.output(Completeness.ACCOUNTS, account));
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    var task = getRuntimeContext().getTaskInfo();
    lines.snapshot(task);
    var positions = new ArrayList<Tuple4<String, Integer, Long, Long>>();
    offsets.forEach(
        (topic, partition, next, hourMillis, seen) -> {
          if (seen || PartitionLines.isKeptBy(task, topic, partition)) {
            positions.add(Tuple4.of(topic, partition, next, hourMillis));
          }
        });
    read.update(positions);
  }

  private static Coordinates coordinatesOf(DeadLetter letter) {
    return new Coordinates(
        letter.getTopic(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getIngestTime().toEpochMilli());
  }
}
