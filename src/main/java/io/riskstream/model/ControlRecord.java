package io.riskstream.model;

import java.util.Objects;

/**
 * A record of the control topic as it arrived, before it is known whether it is a document.
 *
 * @param coordinates where Kafka holds it, and the broker's time
 * @param value the record's value, or null; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ControlRecord(Coordinates coordinates, byte[] value) {
  public ControlRecord {
    Objects.requireNonNull(coordinates, "coordinates");
  }
}
