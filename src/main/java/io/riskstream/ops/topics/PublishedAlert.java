package io.riskstream.ops.topics;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An alert as its topic holds it.
 *
 * @param publishedMillis time of the record, epoch milliseconds
 */
public record PublishedAlert(JsonNode message, long publishedMillis) {
  public String alertId() {
    return message.path("alert_id").asText();
  }

  public int revision() {
    return message.path("revision").asInt();
  }
}
