package io.riskstream.source;

import io.riskstream.model.RejectionReason;

/** Why a record is refused, with a sentence for a person. Control flow only: no stack trace. */
final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  Rejection(RejectionReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }
}
