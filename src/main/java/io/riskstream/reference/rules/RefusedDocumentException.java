package io.riskstream.reference.rules;

/** A record of the control topic, or the initial ruleset, that says nothing usable. */
public final class RefusedDocumentException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedDocumentException(String reason) {
    super(reason);
  }
}
