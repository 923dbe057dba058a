package io.riskstream.activity;

import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.function.Consumer;

/**
 * A user's events in slices of event time, from which any window of the plan is summed up. A slice
 * is dropped once every window that holds it is closed.
 */
public final class UserActivity {
  /** Counts the event, which is not behind the line that was closed last. */
  public Entered add(
      int typeNumber,
      long timestampMillis,
      ActivityPlan plan,
      ChunkStore chunks,
      PackedWriter scratch) {
    throw new UnsupportedOperationException();
  }

  /** Returns the features of a window that is not closed; its count is 0 if no event is in it. */
  public WindowFeatures window(
      WindowSpec window, long startMillis, ActivityPlan plan, ChunkStore chunks) {
    throw new UnsupportedOperationException();
  }

  /**
   * Closes the windows that end at or before the line and were not closed before, and hands over
   * those that have an event: live ones by their end, then in the plan's order; tumbling ones by
   * their end.
   */
  public void closeUntil(
      long line,
      ActivityPlan plan,
      ChunkStore chunks,
      PackedWriter scratch,
      Consumer<WindowFeatures> live,
      Consumer<WindowFeatures> tumbling) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the end of the first tumbling window that is open and has an event, or, if all are
   * closed and slices are left, the end of the last live window; Long.MAX_VALUE if nothing is left.
   */
  public long nextEndMillis(ActivityPlan plan) {
    throw new UnsupportedOperationException();
  }

  public void writeTo(PackedWriter out) {
    throw new UnsupportedOperationException();
  }

  public static UserActivity readFrom(PackedReader in) {
    throw new UnsupportedOperationException();
  }
}
