package io.riskstream.pipeline.window;

import java.util.Objects;

/**
 * What a tally has added up for a window and type since it last said so.
 *
 * @param endMillis of the window, exclusive, epoch milliseconds
 */
public record WindowDelta(WindowKey key, long endMillis, WindowSums sums) {
  public WindowDelta {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(sums, "sums");
  }
}
