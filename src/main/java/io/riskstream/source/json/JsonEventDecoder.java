package io.riskstream.source.json;

import io.riskstream.model.Coordinates;
import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.DecodedEvent;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.Rejection;

/**
 * Decodes one JSON record into an event, in one pass and without a tree. A record that is wrong in
 * several ways is refused for the reason that {@link RejectionReason} declares first, so that the
 * verdict does not depend on the order of fields. Thread-safe.
 */
public final class JsonEventDecoder {
  private final long maxFutureSkewMillis;

  public JsonEventDecoder(long maxFutureSkewMillis) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
  }

  /**
   * Returns the event that the value says.
   *
   * @throws Rejection if it keeps not to the contract
   */
  public DecodedEvent decode(byte[] value, Coordinates coordinates) throws Rejection {
    var fields = new EventFields();
    JsonRecords.read(value, fields, JsonFields::read);
    return fields.decoded(coordinates, maxFutureSkewMillis);
  }
}
