package io.riskstream.lifecycle.cluster;

/** What was asked for is refused or has failed; the message says why, and what to do. */
public class LifecycleException extends Exception {
  private static final long serialVersionUID = 1L;

  public LifecycleException(String message) {
    super(message);
  }

  public LifecycleException(String message, Throwable cause) {
    super(message, cause);
  }
}
