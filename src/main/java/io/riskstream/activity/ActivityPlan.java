package io.riskstream.activity;

import io.riskstream.model.EventTypes;
import io.riskstream.model.WindowSpec;
import java.io.Serializable;
import java.util.List;

/**
 * Which windows a user's activity is asked for; the same for all users of a job.
 *
 * @param live windows whose features rules see and whose aggregates are written, sliding
 * @param tumbling the windows of activity rows, size and slide the same
 * @param types that are counted by name
 */
public record ActivityPlan(List<WindowSpec> live, WindowSpec tumbling, EventTypes types)
    implements Serializable {
  public ActivityPlan {
    live = List.copyOf(live);
  }

  /** Returns the length of a slice: the greatest common divisor of all sizes and slides. */
  public long sliceMillis() {
    var slice = tumbling.sizeMillis();
    for (var window : live) {
      slice = gcd(slice, window.slideMillis()); // which divides the size
    }
    return slice;
  }

  private static long gcd(long one, long other) {
    return other == 0 ? one : gcd(other, one % other);
  }
}
