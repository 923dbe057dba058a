package io.riskstream.source;

import io.riskstream.config.TimeConfig;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;

/**
 * The watermark of one partition: greatest event time so far − delay. A dead letter has no event
 * time: it moves nothing, and a partition that carries nothing else is idle. A late event lies
 * behind the greatest and moves nothing either.
 */
final class EventWatermarks implements WatermarkGenerator<Intake> {
  private final long delayMillis;
  private long highestMillis = Long.MIN_VALUE;

  private EventWatermarks(long delayMillis) {
    this.delayMillis = delayMillis;
  }

  static WatermarkStrategy<Intake> strategy(TimeConfig time) {
    var delayMillis = time.watermarkDelay().toMillis();
    var idleTimeout = time.idleTimeout();
    return WatermarkStrategy.<Intake>forGenerator(
            context ->
                new EventsOnly(
                    new WatermarksWithIdleness<>(
                        new EventWatermarks(delayMillis),
                        idleTimeout,
                        context.getInputActivityClock())))
        .withTimestampAssigner(
            (intake, recordTimestamp) ->
                intake instanceof Intake.Valid valid
                    ? valid.event().timestampMillis()
                    : recordTimestamp);
  }

  @Override
  public void onEvent(Intake intake, long eventTimeMillis, WatermarkOutput output) {
    highestMillis = Math.max(highestMillis, eventTimeMillis);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (highestMillis != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(highestMillis - delayMillis));
    }
  }

  /** Keeps dead letters from counting as activity. */
  private record EventsOnly(WatermarkGenerator<Intake> events)
      implements WatermarkGenerator<Intake> {
    @Override
    public void onEvent(Intake intake, long eventTimeMillis, WatermarkOutput output) {
      if (intake instanceof Intake.Valid) {
        events.onEvent(intake, eventTimeMillis, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      events.onPeriodicEmit(output);
    }
  }
}
