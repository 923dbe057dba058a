package io.riskstream.reference.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.Dimension;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import java.util.Map;
import java.util.Set;

/** Reads the documents of section 4 of the semantics; members that it does not know are left. */
final class DocumentReader {
  private final RulesetReader rulesets;
  private final DimensionFiles files;

  DocumentReader(Set<String> windows, DimensionFiles files) {
    this.rulesets = new RulesetReader(windows);
    this.files = files;
  }

  ControlDocument read(JsonNode tree) throws RefusedDocumentException {
    var fields = new Fields(tree);
    var kind = fields.text("kind");
    var id = fields.text("id");
    int version = fields.version();
    Long effectiveFrom = fields.has("effective_from") ? fields.time("effective_from") : null;
    return switch (kind) {
      case RulesetDocument.KIND ->
          new RulesetDocument(id, version, effectiveFrom, rulesets.read(fields.get("ruleset")));
      case RuleDisabled.KIND ->
          new RuleDisabled(
              id, version, effectiveFrom, fields.text("rule_id"), fields.text("reason", ""));
      case Suppression.KIND -> suppression(fields, id, version, effectiveFrom);
      case Dimension.KIND ->
          new Dimension(id, version, effectiveFrom, fields.text("attribute"), values(fields));
      case HotRebuild.KIND ->
          new HotRebuild(
              id,
              version,
              fields.has("requested_at") ? requestedAt(fields) : 0,
              fields.text("reason", ""),
              fields.wholeOrNull("subtask"),
              fields.wholeOrNull("parallelism"));
      default -> throw new RefusedDocumentException("there is no kind " + kind);
    };
  }

  private static long requestedAt(Fields fields) throws RefusedDocumentException {
    long millis = fields.time("requested_at");
    Fields.refuse(!fields.get("requested_at").isNumber() || millis < 0, "requested_at is no time");
    return millis;
  }

  private static Suppression suppression(Fields fields, String id, int version, Long effectiveFrom)
      throws RefusedDocumentException {
    var user = fields.has("user_id") ? fields.text("user_id") : null;
    var rule = fields.has("rule_id") ? fields.text("rule_id") : null;
    Fields.refuse(user == null && rule == null, "names neither user_id nor rule_id");
    long from = fields.time("from");
    long until = fields.time("until");
    Fields.refuse(until <= from, "until must lie after from");
    return new Suppression(
        id, version, effectiveFrom, user, rule, from, until, fields.text("reason", ""));
  }

  private Map<String, String> values(Fields fields) throws RefusedDocumentException {
    Fields.refuse(
        fields.has("values") == fields.has("parquet"), "a dimension has values or parquet");
    if (fields.has("values")) {
      return Fields.of(fields.get("values"), "values").texts();
    }
    var values = files.read(fields.text("parquet"), fields.text("sha256"));
    Fields.refuse(values == null, "the file's SHA-256 is another");
    return values;
  }
}
