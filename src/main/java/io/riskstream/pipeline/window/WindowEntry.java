package io.riskstream.pipeline.window;

import io.riskstream.activity.Entered;
import java.util.Objects;

/**
 * What an accepted event means for the windows. Goes to the tally next to it in the same task and
 * no further.
 *
 * @param typeNumber of the event's type, in the plan
 * @param valueMicrosOrNull millionths
 * @param entered the windows that the event is its user's first of the type in
 */
public record WindowEntry(
    int typeNumber, long timestampMillis, Long valueMicrosOrNull, Entered entered) {
  public WindowEntry {
    Objects.requireNonNull(entered, "entered");
  }
}
