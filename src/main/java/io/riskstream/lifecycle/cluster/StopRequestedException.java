package io.riskstream.lifecycle.cluster;

/** Somebody wants no more waiting (Ctrl-C); what the cluster was asked for goes on there. */
public final class StopRequestedException extends LifecycleException {
  private static final long serialVersionUID = 1L;

  public StopRequestedException(String message) {
    super(message);
  }
}
