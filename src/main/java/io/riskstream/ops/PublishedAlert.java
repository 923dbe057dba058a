package io.riskstream.ops;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An alert as its topic holds it.
 *
 * @param publishedMillis time of the record, epoch milliseconds
 */
record PublishedAlert(JsonNode message, long publishedMillis) {
  String alertId() {
    return message.path("alert_id").asText();
  }
}
