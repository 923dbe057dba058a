package io.riskstream.lifecycle.cluster;

/** The cluster does not answer, so that nothing is known of its jobs. */
public final class NoAnswerException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
