package io.riskstream.rules.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.Dimension;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.DocumentReader.Table;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.TreeSet;

/** Documents as JSON. What was written is read as the same; equal documents are the same bytes. */
public final class DocumentJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DocumentJson() {}

  /**
   * Reads a document with all of its values; whether a ruleset compiles is not looked at.
   *
   * @throws RulesetException if it is none, with the place
   */
  public static ControlDocument decode(byte[] json) throws RulesetException {
    var read = DocumentReader.of(json).read(null);
    if (read.tableOrNull() != null) {
      throw new RulesetException("parquet: the document has no values here", 0, 0);
    }
    return read.document();
  }

  /** Returns the document as one line of JSON in UTF-8. */
  public static byte[] encode(ControlDocument document) {
    return encode(document, null).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the key of its record: kind, id and version. */
  public static byte[] key(ControlDocument document) {
    return "%s/%s/%d"
        .formatted(document.kind(), document.id(), document.version())
        .getBytes(StandardCharsets.UTF_8);
  }

  static String encode(ControlDocument document, Table tableOrNull) {
    var json = JSON.createObjectNode();
    json.put("kind", document.kind());
    json.put("id", document.id());
    json.put("version", document.version());
    if (document instanceof HotRebuild rebuild) {
      json.put("requested_at", rebuild.requestedAtMillis());
      json.put("reason", rebuild.reason());
      json.put("subtask", rebuild.subtaskOrNull());
      json.put("parallelism", rebuild.parallelismOrNull());
    } else if (document instanceof RulesetDocument ruleset) {
      json.put("effective_from", ruleset.effectiveFromMillis());
      json.set("ruleset", ruleset(ruleset.ruleset()));
    } else if (document instanceof RuleDisabled disabled) {
      json.put("effective_from", disabled.effectiveFromMillis());
      json.put("rule_id", disabled.ruleId());
      json.put("reason", disabled.reason());
    } else if (document instanceof Suppression suppression) {
      json.put("effective_from", suppression.effectiveFromMillis());
      json.put("user_id", suppression.userIdOrNull());
      json.put("rule_id", suppression.ruleIdOrNull());
      json.put("from", suppression.fromMillis());
      json.put("until", suppression.untilMillis());
      json.put("reason", suppression.reason());
    } else if (document instanceof Dimension dimension) {
      json.put("effective_from", dimension.effectiveFromMillis());
      json.put("attribute", dimension.attribute());
      if (tableOrNull != null) {
        json.put("parquet", tableOrNull.path());
        json.put("sha256", tableOrNull.sha256());
      }
      if (tableOrNull == null || !dimension.values().isEmpty()) {
        var values = json.putObject("values");
        new TreeMap<>(dimension.values()).forEach(values::put);
      }
    }
    return text(json);
  }

  private static ObjectNode ruleset(Ruleset ruleset) {
    var json = JSON.createObjectNode();
    json.put("version", ruleset.version());
    var weights = json.putObject("weights");
    new TreeMap<>(ruleset.weightsMicros())
        .forEach((type, micros) -> weights.put(type, Micros.toDecimal(micros)));
    var clamps = json.putObject("clamps");
    clamps.put("floor", Micros.toDecimal(ruleset.floorMicros()));
    clamps.put("ceiling", Micros.toDecimal(ruleset.ceilingMicros()));
    var levels = json.putArray("levels");
    for (var level : ruleset.levels()) {
      levels
          .addObject()
          .put("name", level.name())
          .put("from", Micros.toDecimal(level.fromMicros()));
    }
    var rules = json.putArray("rules");
    ruleset.rules().forEach(rule -> put(rules.addObject(), rule));
    return json;
  }

  private static void put(ObjectNode json, RuleDefinition rule) {
    json.put("id", rule.id());
    if (rule.ofWindows()) {
      json.put("window", rule.windowOrNull());
    } else {
      var on = json.putArray("on");
      new TreeSet<>(rule.on()).forEach(on::add);
    }
    json.put("condition", rule.condition());
    json.put("severity", rule.severity());
    json.put("cool-down", rule.coolDownMillis() + "ms");
    json.put("mode", rule.shadow() ? "shadow" : "deliver");
    if (!rule.description().isEmpty()) {
      json.put("description", rule.description());
    }
    if (rule.runbookOrNull() != null) {
      json.put("runbook", rule.runbookOrNull());
    }
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a document is always JSON", impossible);
    }
  }
}
