package io.riskstream.lifecycle.cluster;

/**
 * Takes what is to be shown while something takes its time, and says when nobody waits any more.
 */
@FunctionalInterface
public interface Progress {
  /** Shows a line. */
  void line(String text);

  /** Returns whether somebody wants no more waiting. */
  default boolean isStopRequested() {
    return false;
  }
}
