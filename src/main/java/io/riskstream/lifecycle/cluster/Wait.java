package io.riskstream.lifecycle.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits for something on a cluster by asking again and again: until it is so, a time limit is over,
 * or nobody wants to wait any more. A cluster that does not answer for a while is waited for too.
 */
public final class Wait {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Progress progress;
  private final Duration limit;

  /** What one question found. */
  public sealed interface Answer<T> {
    /** Returns that it is so. */
    static <T> Answer<T> done(T value) {
      return new Done<>(value);
    }

    /** Returns that it is not yet so, and how things are. */
    static <T> Answer<T> notYet(String state) {
      return new NotYet<>(state);
    }
  }

  private record Done<T>(T value) implements Answer<T> {}

  private record NotYet<T>(String state) implements Answer<T> {}

  /** Asks once. */
  @FunctionalInterface
  public interface Question<T> {
    /** Returns how things are, or fails if it can never be so. */
    Answer<T> ask() throws LifecycleException, InterruptedException;
  }

  public Wait(Progress progress, Duration limit) {
    this.progress = progress;
    this.limit = limit;
  }

  /** Returns the time limit of one wait. */
  public Duration limit() {
    return limit;
  }

  /**
   * Waits.
   *
   * @param what is waited for, a sentence such as "every task of the job runs"
   * @throws LifecycleException as the question does, or if the time limit is over, with the last
   *     state; {@link StopRequestedException} if nobody wants to wait any more
   */
  public <T> T until(String what, Question<T> question)
      throws LifecycleException, InterruptedException {
    var startNanos = System.nanoTime();
    var shown = "";
    while (true) {
      var state = "";
      Optional<NoAnswerException> silent = Optional.empty();
      try {
        var answer = question.ask();
        if (answer instanceof Done<T> done) {
          return done.value();
        }
        state = ((NotYet<T>) answer).state();
      } catch (NoAnswerException unanswered) { // it may be starting again
        silent = Optional.of(unanswered);
        state = "the cluster does not answer";
      }
      if (!state.equals(shown)) {
        progress.line("  " + state);
        shown = state;
      }
      if (progress.isStopRequested()) {
        throw new StopRequestedException("stopped waiting until " + what + "; now: " + state);
      }
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw new LifecycleException(
            "after %d s it is not yet so that %s; now: %s. --timeout allows more"
                .formatted(limit.toSeconds(), what, state),
            silent.orElse(null));
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }
}
