package io.riskstream.pipeline.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.ControlRecord;
import io.riskstream.rules.document.Answer;
import io.riskstream.sink.OutgoingRecord;
import java.nio.charset.StandardCharsets;

/**
 * What became of a record of the control topic, as its readers get it: one JSON object with every
 * field of docs/semantics.md section 4. The key is that of the record's place.
 */
final class ControlStatus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ControlStatus() {}

  static OutgoingRecord of(String statusTopic, ControlRecord judged, Answer answer) {
    var json = JSON.createObjectNode();
    if (answer instanceof Answer.Accepted accepted) {
      identify(json, accepted.gated().document());
      json.put("answer", "accepted");
      json.putNull("reason");
      place(json, 0, 0);
      json.put("effective_from", accepted.effectiveFromMillisOrNull());
      json.put("cut", accepted.hasCut() ? accepted.gated().cutMillis() : null);
      json.put("moved", accepted.moved());
    } else if (answer instanceof Answer.Repeated repeated) {
      identify(json, repeated.document());
      json.put("answer", "repeated");
      json.putNull("reason");
      withoutCut(json, 0, 0);
    } else if (answer instanceof Answer.Refused refused) {
      json.put("kind", refused.kindOrNull());
      json.put("id", refused.idOrNull());
      json.put("version", refused.versionOrNull());
      json.put("answer", "refused");
      json.put("reason", refused.reason());
      withoutCut(json, refused.line(), refused.column());
    }
    var at = judged.coordinates();
    json.put("topic", at.topic());
    json.put("partition", at.partition());
    json.put("offset", at.offset());
    var key = at.topic() + "-" + at.partition() + "-" + at.offset();
    return new OutgoingRecord(statusTopic, key.getBytes(StandardCharsets.UTF_8), bytes(json));
  }

  private static void identify(ObjectNode json, ControlDocument document) {
    json.put("kind", document.kind());
    json.put("id", document.id());
    json.put("version", document.version());
  }

  private static void withoutCut(ObjectNode json, int line, int column) {
    place(json, line, column);
    json.putNull("effective_from");
    json.putNull("cut");
    json.put("moved", false);
  }

  private static void place(ObjectNode json, int line, int column) {
    json.put("line", line == 0 ? null : (Integer) line);
    json.put("column", column == 0 ? null : (Integer) column);
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts and numbers are always JSON", impossible);
    }
  }
}
