package io.riskstream.source.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.ProfileUpdate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

/** Here a partition waits ten seconds before it is idle, and is two seconds behind its newest. */
final class ProfileWatermarksTest {
  private static final Duration DELAY = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final ProfileIntake DEAD_LETTER =
      new ProfileIntake.Refused(
          new DeadLetter(
              "user-profiles", 0, 0L, Instant.EPOCH, "", "", "", null, ByteBuffer.allocate(0), 0));

  private final ManualClock clock = new ManualClock();
  private final Recorder output = new Recorder();

  @Test
  void staysBehindTheGreatestTimestampByTheDelay() {
    var watermarks = watermarks(false);
    update(watermarks, 9_000, 0);
    update(watermarks, 5_000, 0);
    watermarks.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(7_000L);
    assertThat(output.idle).isFalse();
  }

  @Test
  void aPartitionThatNeverGivesAnythingIsIdleAfterTheTimeout() {
    var watermarks = watermarks(false);
    passSeconds(watermarks, 9);
    assertThat(output.idle).isFalse();
    passSeconds(watermarks, 3);
    assertThat(output.idle).isTrue();
    assertThat(output.watermarks).isEmpty();
  }

  @Test
  void aPartitionThatGivesNoMoreUpdatesIsIdleAfterTheTimeoutAndActiveWithTheNext() {
    var watermarks = watermarks(false);
    update(watermarks, 9_000, 0);
    passSeconds(watermarks, 8);
    watermarks.onEvent(DEAD_LETTER, 0, output);
    passSeconds(watermarks, 4);
    assertThat(output.idle).isTrue();

    update(watermarks, 10_000, 0);
    watermarks.onPeriodicEmit(output);
    assertThat(output.watermarks).last().isEqualTo(8_000L);
  }

  @Test
  void aRunIsNotHeldBackByAPartitionThatHasBeenQuietBeforeIt() {
    var empty = watermarks(true);
    empty.onEvent(new ProfileIntake.AtTarget(), 0, output);
    empty.onPeriodicEmit(output);
    assertThat(output.idle).as("nothing to read").isTrue();

    output.idle = false;
    var quiet = watermarks(true);
    update(quiet, 9_000, System.currentTimeMillis() - 20_000);
    quiet.onPeriodicEmit(output);
    assertThat(output.idle).as("there may be more").isFalse();
    quiet.onEvent(new ProfileIntake.AtTarget(), 0, output);
    quiet.onPeriodicEmit(output);
    assertThat(output.idle).isTrue();
  }

  @Test
  void aRunWaitsForAPartitionThatGotUpdatesRightBeforeIt() {
    var lively = watermarks(true);
    update(lively, 9_000, System.currentTimeMillis());
    lively.onEvent(new ProfileIntake.AtTarget(), 0, output);
    passSeconds(lively, 60);
    assertThat(output.idle).isFalse();
    assertThat(output.watermarks).last().isEqualTo(7_000L);
  }

  private WatermarkGenerator<ProfileIntake> watermarks(boolean hasTargets) {
    return ProfileWatermarks.strategy(DELAY, IDLE, hasTargets)
        .createWatermarkGenerator(new Context(clock));
  }

  private void update(
      WatermarkGenerator<ProfileIntake> watermarks, long millis, long ingestMillis) {
    var at = new Coordinates("user-profiles", 0, 0, ingestMillis);
    var update = new ProfileUpdate("u", millis, Map.of(), at, false);
    watermarks.onEvent(new ProfileIntake.Valid(update, 0), millis, output);
  }

  private void passSeconds(WatermarkGenerator<ProfileIntake> watermarks, int seconds) {
    for (var second = 0; second < seconds; second++) {
      watermarks.onPeriodicEmit(output);
      clock.advanceTime(Duration.ofSeconds(1));
    }
    watermarks.onPeriodicEmit(output);
  }

  private record Context(RelativeClock clock) implements WatermarkGeneratorSupplier.Context {
    @Override
    public MetricGroup getMetricGroup() {
      return new UnregisteredMetricsGroup();
    }

    @Override
    public RelativeClock getInputActivityClock() {
      return clock;
    }
  }

  private static final class Recorder implements WatermarkOutput {
    private final List<Long> watermarks = new ArrayList<>();
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }
}
