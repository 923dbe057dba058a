package io.riskstream.pipeline.quality;

import io.riskstream.config.QualityConfig;
import io.riskstream.model.Alert;
import io.riskstream.model.QualityRow;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.quality.QualityLimits;
import io.riskstream.source.Intake;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The part of the graph that measures what comes in.
 *
 * <pre>{@code
 * gate ─ each record ─► MINUTE TALLY (chained) ─► QUALITY, keyed by partition ─┬─► quality rows
 *                                                                             └─► alerts
 * }</pre>
 *
 * <p>What comes out of the tallies is a few sums a second, so the function runs in one task, and
 * writes one file and not one a task.
 */
public final class Quality {
  /** Each record that the gate has received, as it has judged it; no gaps. */
  public static final OutputTag<Intake> INTAKE = new OutputTag<>("quality", StreamTypes.INTAKE);

  /** Alerts of kind {@code data-quality}. */
  public static final OutputTag<Alert> ALERTS =
      new OutputTag<>("quality-alerts", StreamTypes.ALERT);

  static final TypeInformation<MinuteDelta> MINUTE_DELTA = Types.POJO(MinuteDelta.class);
  static final TypeInformation<QualityRow> QUALITY_ROW = new AvroTypeInfo<>(QualityRow.class);

  private static final long MICROS_A_PERCENT = 10_000;

  private Quality() {}

  /** Adds up what the gate has received, in its own task. */
  public static SingleOutputStreamOperator<MinuteDelta> tally(
      SingleOutputStreamOperator<?> gated, List<String> eventTypes, String uid) {
    return gated
        .getSideOutput(INTAKE)
        .transform(uid, MINUTE_DELTA, new MinuteTallyOperator(eventTypes))
        .uid(uid);
  }

  /** Judges the minutes of each partition; {@link #ALERTS} is its side output. */
  public static SingleOutputStreamOperator<QualityRow> judge(
      DataStream<MinuteDelta> tallies, List<String> eventTypes, QualityConfig config, String uid) {
    return tallies
        .keyBy(MinuteDelta::partitionName)
        .process(new QualityFunction(eventTypes, limits(config)), QUALITY_ROW)
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  static QualityLimits limits(QualityConfig config) {
    return new QualityLimits(
        config.leastRows(),
        config.rowsDeviation() * MICROS_A_PERCENT,
        config.typesShift() * MICROS_A_PERCENT,
        config.alertRowsDeviation() * MICROS_A_PERCENT,
        config.alertTypesShift() * MICROS_A_PERCENT,
        config.alertValidity() * MICROS_A_PERCENT);
  }
}
