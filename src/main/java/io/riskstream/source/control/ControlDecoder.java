package io.riskstream.source.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotRebuild;
import java.io.IOException;

/** Reads a control document, or says why there is none; unknown fields are left alone. */
final class ControlDecoder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ControlDecoder() {}

  static ControlDocument decode(byte[] valueOrNull) throws ControlRefusal {
    var document = parse(valueOrNull);
    var kind = text(document, "kind");
    if (!kind.equals(HotRebuild.KIND)) {
      throw new ControlRefusal(
          "kind is " + shown(kind) + ", and this release knows only " + HotRebuild.KIND);
    }
    return new HotRebuild(
        text(document, "id"),
        whole(document, "version"),
        document.path("requested_at").asLong(0),
        optionalText(document, "reason"),
        wholeOrNull(document, "subtask"),
        wholeOrNull(document, "parallelism"));
  }

  private static JsonNode parse(byte[] valueOrNull) throws ControlRefusal {
    if (valueOrNull == null) {
      throw new ControlRefusal("it has no value");
    }
    try {
      var document = JSON.readTree(valueOrNull);
      if (document != null && document.isObject()) {
        return document;
      }
    } catch (IOException malformed) {
      throw new ControlRefusal("it is no JSON: " + malformed.getMessage());
    }
    throw new ControlRefusal("it is no JSON object");
  }

  private static String text(JsonNode document, String field) throws ControlRefusal {
    var value = document.get(field);
    if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
      throw new ControlRefusal(field + " must be a text");
    }
    return bounded(value.textValue(), field);
  }

  private static String optionalText(JsonNode document, String field) throws ControlRefusal {
    return bounded(document.path(field).asText(""), field);
  }

  private static String bounded(String text, String field) throws ControlRefusal {
    if (text.length() > HotRebuild.LONGEST_TEXT) {
      throw new ControlRefusal(
          field + " is longer than " + HotRebuild.LONGEST_TEXT + " characters");
    }
    return text;
  }

  private static int whole(JsonNode document, String field) throws ControlRefusal {
    var value = wholeOrNull(document, field);
    if (value == null) {
      throw new ControlRefusal(field + " must be a whole number");
    }
    return value;
  }

  private static Integer wholeOrNull(JsonNode document, String field) throws ControlRefusal {
    var value = document.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new ControlRefusal(field + " must be a whole number of 0 or more");
    }
    return value.intValue();
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
