package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.UserSnapshot;
import io.riskstream.sink.hotstore.redis.Result;
import io.riskstream.sink.hotstore.redis.Trouble;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the task's thread waits, and for what. */
@Timeout(30)
class UpdateExchangeTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final UserSnapshot SNAPSHOT = Snapshots.of("anna", 1);

  private static final Trouble DOWN = new Trouble("DOWN", "it is down");

  private final UpdateExchange exchange = new UpdateExchange(10, List.of());

  @Test
  void doesNotWaitForNothing() throws Exception {
    assertThat(exchange.awaitWritten(FOR_EVER, true)).isTrue();
  }

  @Test
  void waitsOnlyOnceForASilentStore() throws Exception {
    exchange.offer(SNAPSHOT);
    assertThat(exchange.awaitWritten(SHORT, false)).isFalse();
    assertThat(exchange.trouble().message()).contains("no answer for 20 ms");
    assertThat(exchange.awaitWritten(FOR_EVER, false)).isFalse();
  }

  @Test
  void doesNotWaitForAStoreInTrouble() throws Exception {
    meetTrouble();
    assertThat(exchange.awaitWritten(FOR_EVER, false)).isFalse();
    assertThat(exchange.unwritten()).containsExactly(SNAPSHOT);
  }

  @Test
  void waitsForAStoreInTroubleAtTheEnd() throws Exception {
    meetTrouble();
    var waiting = new FutureTask<>(() -> exchange.awaitWritten(FOR_EVER, true));
    var thread = new Thread(waiting);
    thread.start();
    Await.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    exchange.settle(
        new Result(exchange.takeBatch(10, FOR_EVER), 0, List.of(), List.of(), null, null));
    assertThat(waiting.get()).isTrue();
  }

  @Test
  void handsOutAnEmptyBatchWhileTheStoreIsInTrouble() throws Exception {
    exchange.settle(Result.failed(List.of(), DOWN));
    assertThat(exchange.takeBatch(10, FOR_EVER)).isEmpty();
  }

  @Test
  void handsOutNothingOnceClosed() throws Exception {
    exchange.offer(SNAPSHOT);
    exchange.close();
    assertThat(exchange.takeBatch(10, FOR_EVER)).isNull();
    exchange.pause(FOR_EVER);
  }

  @Test
  void throwsWhyTheStoreCannotBeWritten() throws Exception {
    exchange.offer(SNAPSHOT);
    exchange.fail(new IOException("wrong password"));
    assertThatThrownBy(() -> exchange.offer(SNAPSHOT)).hasMessage("wrong password");
    assertThatThrownBy(() -> exchange.awaitWritten(FOR_EVER, false)).hasMessage("wrong password");
    assertThatThrownBy(exchange::check).hasMessage("wrong password");
  }

  private void meetTrouble() throws Exception {
    exchange.offer(SNAPSHOT);
    exchange.settle(Result.failed(exchange.takeBatch(10, FOR_EVER), DOWN));
  }
}
