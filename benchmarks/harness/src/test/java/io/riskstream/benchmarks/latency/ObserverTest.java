package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reader looks until it is closed, and one that fails says so. */
class ObserverTest {
  @Test
  void looksUntilItIsClosed() throws InterruptedException {
    var looks = new CountDownLatch(3);
    var observer = new Observer("Redis", looks::countDown);

    assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
    observer.close();

    assertThatCode(observer::requireHealthy).doesNotThrowAnyException();
    assertThat(observer.cpuSeconds()).isPositive();
  }

  @Test
  void oneThatFailsIsNotTakenForOneThatSeesNothing() throws InterruptedException {
    var looked = new CountDownLatch(1);
    var observer =
        new Observer(
            "Redis",
            () -> {
              looked.countDown();
              throw new IOException("connection refused");
            });
    assertThat(looked.await(1, TimeUnit.MINUTES)).isTrue();
    observer.close();

    assertThatThrownBy(observer::requireHealthy)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the reader of Redis failed")
        .hasMessageContaining("connection refused");
  }
}
