package io.riskstream.pipeline.window;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.activity.Entered;
import io.riskstream.config.TimeConfig;
import io.riskstream.model.EventTypes;
import io.riskstream.model.WindowSpec;
import java.time.Duration;
import java.util.List;

/** The windows and times of these tests. */
final class WindowStory {
  static final long START = 1_767_225_600_000L;
  static final long MINUTE = 60_000;
  static final long LATENESS = 20 * MINUTE;
  static final WindowSpec TWO_MINUTES = new WindowSpec("2m/1m", 2 * MINUTE, MINUTE);
  static final ActivityPlan PLAN =
      new ActivityPlan(
          List.of(TWO_MINUTES),
          new WindowSpec("10m", 10 * MINUTE, 10 * MINUTE),
          new EventTypes(List.of("login", "purchase")));
  static final int LOGIN = 1;
  static final int PURCHASE = 2;

  private WindowStory() {}

  static TimeConfig time(long latenessMillis) {
    return new TimeConfig(
        Duration.ofMinutes(10),
        Duration.ofMillis(latenessMillis),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1));
  }

  /** An event that brings its user into the windows that start from one minute to another. */
  static WindowEntry entry(
      int type, double minute, Long value, double firstMinute, double lastMinute) {
    return new WindowEntry(
        type,
        at(minute),
        value,
        new Entered(new long[] {at(firstMinute)}, new long[] {at(lastMinute)}));
  }

  /** An event that brings its user into no window. */
  static WindowEntry entry(int type, double minute, Long value) {
    return new WindowEntry(type, at(minute), value, new Entered(new long[] {0}, new long[] {-1}));
  }

  static long at(double minute) {
    return START + (long) (minute * MINUTE);
  }
}
