package io.riskstream.chaos.fault;

/** Whether a fault is known to have hit, each with a short sentence for the table. */
public sealed interface Proof {
  /** Returns what was seen, or what was missed. */
  String sentence();

  /** The fault hit: the job or a server says so. */
  record Hit(String sentence) implements Proof {}

  /** Nothing shows that the fault hit, so that the run says nothing about it. */
  record Missing(String sentence) implements Proof {}

  /** Returns a hit if the condition holds. */
  static Proof of(boolean hit, String sentence) {
    return hit ? new Hit(sentence) : new Missing(sentence);
  }
}
