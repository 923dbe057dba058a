package io.riskstream.reference.rules;

import io.riskstream.model.Coordinates;

/**
 * What the one gate says to a record of the control topic.
 *
 * @param answer accepted, repeated or refused
 * @param kind of the document; as the next ones null where the record is refused
 * @param effectiveFromMillis as its author wished; null for none
 * @param cutMillis from when on it is in force; null for one that has no cut, or was repeated
 * @param moved whether the cut lies after what its author wished
 */
public record ControlAnswer(
    Coordinates coordinates,
    String answer,
    String kind,
    String id,
    Integer version,
    Long effectiveFromMillis,
    Long cutMillis,
    boolean moved) {
  public static final String ACCEPTED = "accepted";
  public static final String REPEATED = "repeated";
  public static final String REFUSED = "refused";

  static ControlAnswer refused(Coordinates coordinates) {
    return new ControlAnswer(coordinates, REFUSED, null, null, null, null, null, false);
  }
}
