package io.riskstream.pipeline;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.completeness.PartitionOffsets;
import io.riskstream.pipeline.metrics.GateMetrics;
import io.riskstream.pipeline.quality.Quality;
import io.riskstream.source.Intake;
import io.riskstream.source.PartitionGate;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
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
 * <p>State: the greatest timestamp let through, a partition, and the next offset with the ingest
 * hour of the last record; never cleared, one entry each a partition and, after a change of hands,
 * at most one more. It is union state, since after a restore any task may read any partition: every
 * task is given all entries and keeps writing those of the partitions that it has read, while those
 * that nobody has read yet are written by one task that their hash names. Of two entries for a
 * partition the greater is the newer, as the greatest timestamp and the next offset only grow.
 */
final class GateFunction extends ProcessFunction<Intake, UserEvent>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final ListStateDescriptor<Tuple3<String, Integer, Long>> HIGHEST =
      new ListStateDescriptor<>(
          "highest-timestamp-by-partition", Types.TUPLE(Types.STRING, Types.INT, Types.LONG));
  private static final ListStateDescriptor<Tuple4<String, Integer, Long, Long>> READ =
      new ListStateDescriptor<>(
          "read-offsets-by-partition",
          Types.TUPLE(Types.STRING, Types.INT, Types.LONG, Types.LONG));

  private final long watermarkDelayMillis;
  private final long allowedLatenessMillis;
  private final Verdicts verdicts;

  private transient PartitionGate gate;
  private transient PartitionOffsets offsets;
  private transient ListState<Tuple3<String, Integer, Long>> highest;
  private transient ListState<Tuple4<String, Integer, Long, Long>> read;
  private transient GateMetrics metrics;
  private transient Counter deadLettered;
  private transient Counter unknownFields;

  GateFunction(TimeConfig time, Verdicts verdicts) {
    this.verdicts = verdicts;
    watermarkDelayMillis = time.watermarkDelay().toMillis();
    allowedLatenessMillis = time.allowedLateness().toMillis();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    gate = new PartitionGate(watermarkDelayMillis, allowedLatenessMillis);
    highest = context.getOperatorStateStore().getUnionListState(HIGHEST);
    for (var entry : highest.get()) {
      gate.restore(entry.f0, entry.f1, entry.f2);
    }
    offsets = new PartitionOffsets();
    read = context.getOperatorStateStore().getUnionListState(READ);
    for (var entry : read.get()) {
      offsets.restore(entry.f0, entry.f1, entry.f2, entry.f3);
    }
  }

  @Override
  public void open(OpenContext context) {
    metrics = new GateMetrics(getRuntimeContext().getMetricGroup());
    deadLettered = getRuntimeContext().getMetricGroup().counter("deadLettered");
    unknownFields = getRuntimeContext().getMetricGroup().counter("unknownFields");
  }

  @Override
  public void processElement(Intake intake, Context context, Collector<UserEvent> out) {
    if (verdicts == Verdicts.RECORDED && intake instanceof Intake.Valid recorded) {
      out.collect(recorded.event());
    } else if (intake instanceof Intake.Valid valid) {
      var isLate = gate.isLate(valid.event());
      var event = isLate ? valid.event().asLate() : valid.event();
      out.collect(event);
      unknownFields.inc(valid.unknownFields());
      context.output(Completeness.ACCOUNTS, offsets.received(event.coordinates(), false));
      context.output(
          Quality.INTAKE, isLate ? new Intake.Valid(event, valid.unknownFields()) : valid);
    } else if (intake instanceof Intake.Refused refused) {
      deadLettered.inc();
      metrics.deadLettered();
      var letter = refused.deadLetter();
      context.output(Outputs.DEAD_LETTERS, letter);
      context.output(Completeness.ACCOUNTS, offsets.received(coordinatesOf(letter), true));
      context.output(Quality.INTAKE, refused);
    } else if (intake instanceof Intake.Gap gap) {
      offsets.missing(gap).forEach(account -> context.output(Completeness.ACCOUNTS, account));
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    var entries = new ArrayList<Tuple3<String, Integer, Long>>();
    gate.forEach(
        (topic, partition, highestMillis, seen) -> {
          if (seen || isKeptHere(topic, partition)) {
            entries.add(Tuple3.of(topic, partition, highestMillis));
          }
        });
    highest.update(entries);
    var positions = new ArrayList<Tuple4<String, Integer, Long, Long>>();
    offsets.forEach(
        (topic, partition, next, hourMillis, seen) -> {
          if (seen || isKeptHere(topic, partition)) {
            positions.add(Tuple4.of(topic, partition, next, hourMillis));
          }
        });
    read.update(positions);
  }

  private boolean isKeptHere(String topic, int partition) {
    var task = getRuntimeContext().getTaskInfo();
    return Math.floorMod(topic.hashCode() + partition, task.getNumberOfParallelSubtasks())
        == task.getIndexOfThisSubtask();
  }

  private static Coordinates coordinatesOf(DeadLetter letter) {
    return new Coordinates(
        letter.getTopic(),
        letter.getPartition(),
        letter.getOffset(),
        letter.getIngestTime().toEpochMilli());
  }
}
