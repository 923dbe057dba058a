package io.riskstream.source.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

/** The control topic is no clock. */
class ControlSourceTest {
  /** Before any document, and after none for however long. */
  @Test
  void isAtTheEndOfTimeFromTheFirstChanceOnAndNeverIdle() {
    var watermarks = new ArrayList<Watermark>();
    var output =
        new WatermarkOutput() {
          @Override
          public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark);
          }

          @Override
          public void markIdle() {
            throw new AssertionError("idle");
          }

          @Override
          public void markActive() {
            throw new AssertionError("active");
          }
        };
    ControlSource.watermarks().createWatermarkGenerator(null).onPeriodicEmit(output);
    assertThat(watermarks).isEqualTo(List.of(Watermark.MAX_WATERMARK));
  }
}
