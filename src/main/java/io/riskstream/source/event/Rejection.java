package io.riskstream.source.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;

/** Why a record is refused, with a sentence for a person. Control flow only: no stack trace. */
public final class Rejection extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  public Rejection(RejectionReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /**
   * Lets a value pass that is not longer than a record may be.
   *
   * @throws Rejection if it is longer
   */
  public static void ifTooLarge(byte[] value) throws Rejection {
    if (value.length > Limits.RECORD_BYTES) {
      throw new Rejection(
          RejectionReason.RECORD_TOO_LARGE,
          "the value has " + value.length + " bytes, at most " + Limits.RECORD_BYTES + " are read");
    }
  }

  public RejectionReason reason() {
    return reason;
  }
}
