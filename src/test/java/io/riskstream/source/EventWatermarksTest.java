package io.riskstream.source;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.DeadLetter;
import io.riskstream.testkit.Configs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

/** The test configuration delays by two seconds and waits a minute before a partition is idle. */
final class EventWatermarksTest {
  private static final Intake DEAD_LETTER =
      new Intake.Refused(
          new DeadLetter(
              "events",
              0,
              0L,
              Instant.EPOCH,
              "decode",
              "malformed-json",
              "",
              null,
              ByteBuffer.allocate(0),
              0));

  private final ManualClock clock = new ManualClock();
  private final Recorder output = new Recorder();
  private final WatermarkGenerator<Intake> watermarks =
      EventWatermarks.strategy(Configs.TIME, false).createWatermarkGenerator(new Context(clock));

  @Test
  void staysBehindTheGreatestTimestampByTheDelay() {
    onEvent(5_000);
    onEvent(1_000);
    watermarks.onPeriodicEmit(output);
    assertThat(output.watermarks).containsExactly(START + 3_000);
  }

  @Test
  void saysNothingBeforeTheFirstEvent() {
    watermarks.onEvent(DEAD_LETTER, 99_000_000_000_000L, output);
    watermarks.onPeriodicEmit(output);
    assertThat(output.watermarks).isEmpty();
  }

  @Test
  void withTargetsAPartitionThatHasBegunIsNotIdleWhenItGivesNoMore() {
    var waiting =
        EventWatermarks.strategy(Configs.TIME, true).createWatermarkGenerator(new Context(clock));
    passTwoMinutes(waiting);
    assertThat(output.idle).as("nothing came at all").isTrue();

    output.idle = false;
    var event = purchase("u", "e", 1_000);
    waiting.onEvent(new Intake.Valid(event, 0), event.timestampMillis(), output);
    passTwoMinutes(waiting);
    assertThat(output.idle).isFalse();
    assertThat(output.watermarks).last().isEqualTo(START - 1_000);
  }

  private void passTwoMinutes(WatermarkGenerator<Intake> generator) {
    for (var seconds = 0; seconds <= 120; seconds += 10) {
      generator.onPeriodicEmit(output);
      clock.advanceTime(Duration.ofSeconds(10));
    }
  }

  @Test
  void aPartitionThatCarriesOnlyDeadLettersIsIdle() {
    onEvent(1_000);
    for (var seconds = 0; seconds <= 130; seconds += 10) {
      watermarks.onEvent(DEAD_LETTER, 0, output);
      watermarks.onPeriodicEmit(output);
      clock.advanceTime(Duration.ofSeconds(10));
    }
    assertThat(output.idle).isTrue();
  }

  @Test
  void theTimeOfAnEventIsItsOwnAndThatOfADeadLetterTheBrokers() {
    var times = EventWatermarks.strategy(Configs.TIME, false).createTimestampAssigner(() -> null);
    var valid = new Intake.Valid(purchase("u", "e", 1_000), 0);
    assertThat(times.extractTimestamp(valid, 7)).isEqualTo(START + 1_000);
    assertThat(times.extractTimestamp(DEAD_LETTER, 7)).isEqualTo(7);
  }

  private void onEvent(long millisAfterStart) {
    var event = purchase("u", "e", millisAfterStart);
    watermarks.onEvent(new Intake.Valid(event, 2), event.timestampMillis(), output);
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
