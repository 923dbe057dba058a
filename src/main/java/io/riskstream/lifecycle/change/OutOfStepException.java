package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.LifecycleException;

/**
 * A stop that failed because some tasks of a source were a step further than others when they
 * answered. The job has gone on from its last checkpoint, and can be stopped again.
 */
final class OutOfStepException extends LifecycleException {
  private static final long serialVersionUID = 1;

  /** Flink's exception, as its REST interface names it. */
  private static final String FLINKS = "PartialFinishingNotSupportedByStateException";

  OutOfStepException(String message) {
    super(message);
  }

  /** Returns whether a stop failed in this way. */
  static boolean is(String failure) {
    return failure.contains(FLINKS);
  }
}
