package io.riskstream.source.control;

/** Says why a record of the control topic cannot be obeyed, and what would be right. */
final class ControlRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  ControlRefusal(String message) {
    super(message, null, false, false);
  }
}
