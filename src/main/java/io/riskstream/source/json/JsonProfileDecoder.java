package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonParser;
import io.riskstream.model.Coordinates;
import io.riskstream.source.event.DecodedProfile;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.EventFields.Name;
import io.riskstream.source.event.Rejection;
import java.io.IOException;

/**
 * Decodes one JSON record into an update of a profile, by the rules and limits of an event: {@code
 * attributes} are its properties. Thread-safe.
 */
public final class JsonProfileDecoder {
  private static final String ATTRIBUTES = "attributes";

  private final long maxFutureSkewMillis;

  public JsonProfileDecoder(long maxFutureSkewMillis) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
  }

  /**
   * Returns the update that the value says.
   *
   * @throws Rejection if it keeps not to the contract
   */
  public DecodedProfile decode(byte[] value, Coordinates coordinates) throws Rejection {
    var fields = new EventFields();
    JsonRecords.read(value, fields, JsonProfileDecoder::read);
    return fields.decodedProfile(coordinates, maxFutureSkewMillis);
  }

  private static void read(String member, JsonParser parser, EventFields fields)
      throws IOException {
    if (member.equals(Name.USER_ID.written())) {
      JsonFields.readText(Name.USER_ID, parser, fields);
    } else if (member.equals(Name.TIMESTAMP.written())) {
      JsonFields.readTimestamp(parser, fields);
    } else if (member.equals(ATTRIBUTES)) {
      JsonFields.readProperties(ATTRIBUTES, parser, fields);
    } else {
      fields.properties().addUnknown(member, JsonTexts.read(parser));
    }
  }
}
