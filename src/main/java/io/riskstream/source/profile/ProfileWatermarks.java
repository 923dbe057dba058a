package io.riskstream.source.profile;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;

/**
 * The watermark of one partition of the profiles: greatest timestamp so far − delay, for as long as
 * updates come. A run that reads up to a target judges by the broker's time whether they still did
 * at its start: so a topic that is quiet holds no run back, and a lively one is waited for over many
 * runs as it is by one that never ends.
 */
final class ProfileWatermarks implements WatermarkGenerator<ProfileIntake> {
  private final WatermarkGenerator<ProfileIntake> updates;
  private final WatermarkGenerator<ProfileIntake> idling;
  private final long livelySinceMillis;
  private long newestIngestMillis = Long.MIN_VALUE;
  private boolean atTarget;

  /**
   * @param livelySinceMillis a partition at its target is idle unless it got an update since then,
   *     epoch milliseconds
   */
  private ProfileWatermarks(
      WatermarkGenerator<ProfileIntake> updates,
      WatermarkGenerator<ProfileIntake> idling,
      long livelySinceMillis) {
    this.updates = updates;
    this.idling = idling;
    this.livelySinceMillis = livelySinceMillis;
  }

  /**
   * Returns how partitions tell event time.
   *
   * @param hasTargets whether a partition may wait for the next run with updates left in it
   */
  static WatermarkStrategy<ProfileIntake> strategy(
      Duration watermarkDelay, Duration idleTimeout, boolean hasTargets) {
    var delayMillis = watermarkDelay.toMillis();
    return WatermarkStrategy.<ProfileIntake>forGenerator(
            context -> {
              var updates = new Highest(delayMillis);
              return new ProfileWatermarks(
                  updates,
                  new WatermarksWithIdleness<>(
                      updates, idleTimeout, context.getInputActivityClock()),
                  hasTargets ? System.currentTimeMillis() - idleTimeout.toMillis() : 0);
            })
        .withTimestampAssigner(
            (intake, recordTimestamp) ->
                intake instanceof ProfileIntake.Valid valid
                    ? valid.update().timestampMillis()
                    : recordTimestamp);
  }

  @Override
  public void onEvent(ProfileIntake intake, long eventTimeMillis, WatermarkOutput output) {
    if (intake instanceof ProfileIntake.Valid valid) {
      newestIngestMillis =
          Math.max(newestIngestMillis, valid.update().coordinates().ingestTimeMillis());
      idling.onEvent(intake, eventTimeMillis, output);
    } else if (intake instanceof ProfileIntake.AtTarget) {
      atTarget = true;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (!atTarget) {
      idling.onPeriodicEmit(output);
    } else if (newestIngestMillis >= livelySinceMillis) {
      updates.onPeriodicEmit(output);
    } else {
      output.markIdle();
    }
  }

  /** What a partition says for as long as it is not idle. */
  private static final class Highest implements WatermarkGenerator<ProfileIntake> {
    private final long delayMillis;
    private long highestMillis = Long.MIN_VALUE;

    Highest(long delayMillis) {
      this.delayMillis = delayMillis;
    }

    @Override
    public void onEvent(ProfileIntake intake, long eventTimeMillis, WatermarkOutput output) {
      highestMillis = Math.max(highestMillis, eventTimeMillis);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (highestMillis != Long.MIN_VALUE) {
        output.emitWatermark(new Watermark(highestMillis - delayMillis));
      }
    }
  }
}
