package io.riskstream.pipeline.quality;

import io.riskstream.model.Coordinates;
import io.riskstream.model.EventTypes;
import io.riskstream.packed.PackedWriter;
import io.riskstream.quality.MinuteTally;
import io.riskstream.quality.PartitionQuality;
import io.riskstream.source.Intake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what the gate has received, chained to it, a sum a partition. Hands a sum on when a later
 * minute begins, and all of them before each barrier, before each watermark and at the end of the
 * input: it has no state.
 */
final class MinuteTallyOperator extends AbstractStreamOperator<MinuteDelta>
    implements OneInputStreamOperator<Intake, MinuteDelta>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final List<String> typeNames;

  private transient EventTypes types;
  private transient PackedWriter packing;
  private transient Map<String, Map<Integer, Sum>> sums;

  /** The partition of the last record; records come in runs. */
  private transient Sum last;

  /** What is not handed on yet of one partition; one object a partition, for ever. */
  private static final class Sum {
    private final String topic;
    private final int partition;
    private long minuteMillis = Long.MIN_VALUE;
    private MinuteTally tally;

    private Sum(String topic, int partition) {
      this.topic = topic;
      this.partition = partition;
    }
  }

  MinuteTallyOperator(List<String> typeNames) {
    this.typeNames = List.copyOf(typeNames);
  }

  @Override
  public void open() throws Exception {
    super.open();
    types = new EventTypes(typeNames);
    packing = new PackedWriter();
    sums = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<Intake> element) {
    var intake = element.getValue();
    if (intake instanceof Intake.Valid valid) {
      tallyOf(valid.event().coordinates()).valid(valid.event(), types);
    } else if (intake instanceof Intake.Refused refused) {
      var letter = refused.deadLetter();
      var ingestMillis = letter.getIngestTime().toEpochMilli();
      tallyOf(letter.getTopic(), letter.getPartition(), ingestMillis)
          .refused(letter.getOffset(), letter.getStage());
    }
  }

  private MinuteTally tallyOf(Coordinates record) {
    return tallyOf(record.topic(), record.partition(), record.ingestTimeMillis());
  }

  private MinuteTally tallyOf(String topic, int partition, long ingestMillis) {
    var sum = last;
    if (sum == null || sum.partition != partition || !sum.topic.equals(topic)) {
      sum =
          sums.computeIfAbsent(topic, name -> new HashMap<>())
              .computeIfAbsent(partition, number -> new Sum(topic, number));
      last = sum;
    }
    // Also where the clock stepped back: the minute that the partition is in only goes on.
    if (ingestMillis >= sum.minuteMillis + PartitionQuality.MINUTE_MILLIS || sum.tally == null) {
      handOn(sum);
      sum.minuteMillis = Math.max(sum.minuteMillis, PartitionQuality.minuteOf(ingestMillis));
      sum.tally = new MinuteTally(types);
    }
    return sum.tally;
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    sums.values().forEach(partitions -> partitions.values().forEach(this::handOn));
  }

  private void handOn(Sum sum) {
    if (sum.tally == null) {
      return;
    }
    packing.reset();
    sum.tally.write(packing);
    output.collect(
        new StreamRecord<>(
            new MinuteDelta(sum.topic, sum.partition, sum.minuteMillis, packing.toByteArray())));
    sum.tally = null;
  }
}
