package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.HotStoreConfig;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** The sink as a part of the graph. */
class HotStoreSinkTest {
  private static final HotStoreFixture.RecordedControl CONTROL =
      new HotStoreFixture.RecordedControl(1);

  @Test
  void survivesShippingTheGraph() throws Exception {
    assertThat(
            InstantiationUtil.clone(
                new HotStoreSink(config("redis://store:6379", 1), CONTROL, Duration.ZERO)))
        .isInstanceOf(HotStoreSink.class);
  }

  @Test
  void refusesAnAddressThatIsNone() {
    assertThatThrownBy(() -> new HotStoreSink(config("store:6379", 1), CONTROL, Duration.ZERO))
        .hasMessageContaining("hot-store.uri");
  }

  @Test
  void refusesABufferWithoutRoom() {
    assertThatThrownBy(
            () -> new HotStoreSink(config("redis://store:6379", 0), CONTROL, Duration.ZERO))
        .hasMessageContaining("0");
  }

  private static HotStoreConfig config(String uri, int bufferSize) {
    return new HotStoreConfig(
        uri,
        bufferSize,
        10,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        Duration.ofDays(1),
        10);
  }
}
