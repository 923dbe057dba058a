package io.riskstream.ops.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * What the job answered to a document.
 *
 * @param answer accepted, repeated or refused
 * @param reason of a refusal, else empty
 * @param line of a refusal, from 1; 0 if unknown
 * @param column of a refusal, from 1; 0 if unknown
 * @param cutMillisOrNull from when on it is in force, epoch milliseconds
 * @param moved whether that is later than its author wished
 */
public record DocumentAnswer(
    String answer, String reason, int line, int column, Long cutMillisOrNull, boolean moved) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns whether the document is in force from its cut on. */
  public boolean isAccepted() {
    return answer.equals("accepted");
  }

  static boolean isTo(JsonNode status, String topic, long offset) {
    return status.path("topic").asText().equals(topic)
        && status.path("offset").asLong(-1) == offset;
  }

  static JsonNode parse(byte[] statusOrNull) {
    try {
      return statusOrNull == null ? MissingNode.getInstance() : JSON.readTree(statusOrNull);
    } catch (IOException foreign) {
      // Somebody else's record in the topic answers nothing of ours.
      return MissingNode.getInstance();
    }
  }

  static DocumentAnswer of(JsonNode status) {
    var cut = status.path("cut");
    return new DocumentAnswer(
        status.path("answer").asText(),
        status.path("reason").asText(""),
        status.path("line").asInt(0),
        status.path("column").asInt(0),
        cut.isIntegralNumber() ? cut.longValue() : null,
        status.path("moved").asBoolean());
  }
}
