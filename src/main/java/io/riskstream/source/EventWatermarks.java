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

  /**
   * Returns how partitions tell event time.
   *
   * @param hasTargets whether a partition may wait for the next run with events left in it
   */
  static WatermarkStrategy<Intake> strategy(TimeConfig time, boolean hasTargets) {
    var delayMillis = time.watermarkDelay().toMillis();
    var idleTimeout = time.idleTimeout();
    return WatermarkStrategy.<Intake>forGenerator(
            context -> {
              var events = new EventWatermarks(delayMillis);
              var idling =
                  new WatermarksWithIdleness<>(
                      events, idleTimeout, context.getInputActivityClock());
              return new EventsOnly(hasTargets ? new NotIdleOnceBegun(idling, events) : idling);
            })
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

  /**
   * With targets a partition that has begun may be at its target long before the others: it is not
   * idle then, as its next event may be no newer than theirs.
   */
  private static final class NotIdleOnceBegun implements WatermarkGenerator<Intake> {
    private final WatermarkGenerator<Intake> events;
    private WatermarkGenerator<Intake> current;

    NotIdleOnceBegun(WatermarkGenerator<Intake> idling, WatermarkGenerator<Intake> events) {
      this.events = events;
      this.current = idling;
    }

    @Override
    public void onEvent(Intake intake, long eventTimeMillis, WatermarkOutput output) {
      current = events;
      events.onEvent(intake, eventTimeMillis, output);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      current.onPeriodicEmit(output);
    }
  }
}
