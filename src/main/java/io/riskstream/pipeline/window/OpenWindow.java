package io.riskstream.pipeline.window;

import java.util.Objects;

/**
 * What is kept of a window and type until it is closed.
 *
 * @param revision of the next row
 * @param changed whether the sums have changed since the last row
 */
record OpenWindow(long endMillis, WindowSums sums, int revision, boolean changed) {
  OpenWindow {
    Objects.requireNonNull(sums, "sums");
  }

  OpenWindow plus(WindowSums more) {
    return new OpenWindow(endMillis, sums.plus(more), revision, true);
  }

  OpenWindow written() {
    return new OpenWindow(endMillis, sums, revision + 1, false);
  }
}
