package io.riskstream.model;

import java.util.Objects;

/**
 * A document that the one gate has accepted.
 *
 * @param cutMillis event time from which on it is in force, epoch milliseconds; Long.MIN_VALUE for
 *     one that has no cut
 * @param offset in the control topic, which decides between equal cuts
 */
public record GatedDocument(ControlDocument document, long cutMillis, long offset) {
  public GatedDocument {
    Objects.requireNonNull(document, "document");
  }
}
