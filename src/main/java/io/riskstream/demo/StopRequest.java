package io.riskstream.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody's wish that the demo ends; once made it stays. */
public final class StopRequest {
  private final CountDownLatch made = new CountDownLatch(1);

  public void make() {
    made.countDown();
  }

  public boolean isMade() {
    return made.getCount() == 0;
  }

  /** Waits until the request is made, but no longer than this; returns whether it was made. */
  boolean await(Duration atMost) throws InterruptedException {
    return made.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the request is made. */
  public void await() throws InterruptedException {
    made.await();
  }
}
