package io.riskstream.rules.document;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.Dimension;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Mapping;
import io.riskstream.rules.document.Tree.Scalar;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a control document; fields that its kind does not know are left alone. */
final class DocumentReader {
  private static final int MOST_BYTES = 1_048_576;
  private static final int MOST_VALUES = 10_000;
  private static final int KIND_BYTES = 100;

  private final List<Problem> problems = new ArrayList<>();
  private final Fields fields;

  private DocumentReader(Mapping document) {
    fields = new Fields(document, "", problems);
  }

  /** A file that a dimension names. */
  record Table(String path, String sha256) {}

  /**
   * What was read.
   *
   * @param tableOrNull the file in which a dimension's values are, if they are not in the document
   */
  record Read(ControlDocument document, Table tableOrNull) {
    Read with(Map<String, String> values) throws RulesetException {
      var dimension = (Dimension) document;
      if (values.size() > MOST_VALUES) {
        throw new RulesetException(
            "parquet: the file has %,d rows, and the limit is %,d"
                .formatted(values.size(), MOST_VALUES),
            0,
            0);
      }
      return new Read(
          new Dimension(
              dimension.id(),
              dimension.version(),
              dimension.effectiveFromMillis(),
              dimension.attribute(),
              values),
          tableOrNull);
    }
  }

  static DocumentReader of(byte[] valueOrNull) throws RulesetException {
    if (valueOrNull == null) {
      throw new RulesetException("it has no value; publish a JSON object", 0, 0);
    }
    if (valueOrNull.length > MOST_BYTES) {
      throw new RulesetException(
          "it has %,d bytes, and the limit is %,d".formatted(valueOrNull.length, MOST_BYTES), 0, 0);
    }
    if (JsonTree.read(valueOrNull) instanceof Mapping document) {
      return new DocumentReader(document);
    }
    throw new RulesetException("it is no JSON object", 1, 1);
  }

  String kindOrNull() {
    return textOrNull("kind");
  }

  String idOrNull() {
    return textOrNull("id");
  }

  Integer versionOrNull() {
    return fields.getOrNull("version") instanceof Scalar scalar
            && scalar.type() == Tree.Type.NUMBER
            && scalar.text().matches("[0-9]{1,9}")
        ? Integer.valueOf(scalar.text())
        : null;
  }

  private String textOrNull(String name) {
    return fields.getOrNull(name) instanceof Scalar scalar
            && scalar.type() == Tree.Type.TEXT
            && scalar.text().length() <= HotRebuild.LONGEST_TEXT
        ? scalar.text()
        : null;
  }

  /** Reads all of it; a ruleset is compiled where there is a compiler. */
  Read read(RuleCompiler compilerOrNull) throws RulesetException {
    var kind = fields.text("kind", KIND_BYTES, "name the kind of document");
    var id = fields.text("id", HotRebuild.LONGEST_TEXT, "write a text");
    var version =
        fields.whole("version", 0, Integer.MAX_VALUE, "count the versions of this id from 1");
    Read read = null;
    if (Fields.allThere(kind, id, version)) {
      read = read(kind, id, version.intValue(), compilerOrNull);
    }
    if (!problems.isEmpty()) {
      throw problems.get(0).toException();
    }
    return read;
  }

  private Read read(String kind, String id, int version, RuleCompiler compilerOrNull) {
    return switch (kind) {
      case HotRebuild.KIND -> hotRebuild(id, version);
      case RulesetDocument.KIND -> ruleset(id, version, compilerOrNull);
      case RuleDisabled.KIND -> ruleDisabled(id, version);
      case Suppression.KIND -> suppression(id, version);
      case Dimension.KIND -> dimension(id, version);
      default -> {
        fields.report(
            fields.getOrNull("kind").place(),
            "kind is %s, and this release knows only %s, %s, %s, %s and %s"
                .formatted(
                    Fields.shown(kind),
                    RulesetDocument.KIND,
                    RuleDisabled.KIND,
                    Suppression.KIND,
                    Dimension.KIND,
                    HotRebuild.KIND));
        yield null;
      }
    };
  }

  private Read hotRebuild(String id, int version) {
    var requested = fields.wholeOrNull("requested_at", 0, Long.MAX_VALUE, "write milliseconds");
    var subtask = fields.wholeOrNull("subtask", 0, Integer.MAX_VALUE, "write its number or null");
    var parallelism =
        fields.wholeOrNull("parallelism", 0, Integer.MAX_VALUE, "write its number or null");
    var reason = reason();
    return problems.isEmpty()
        ? new Read(
            new HotRebuild(
                id,
                version,
                requested == null ? 0 : requested,
                reason,
                subtask == null ? null : subtask.intValue(),
                parallelism == null ? null : parallelism.intValue()),
            null)
        : null;
  }

  private Read ruleset(String id, int version, RuleCompiler compilerOrNull) {
    var effectiveFrom = timeOrNull("effective_from");
    var tree = fields.get("ruleset", "write the ruleset as this member");
    Ruleset ruleset = tree == null ? null : RulesetReader.read(tree, compilerOrNull, problems);
    return problems.isEmpty()
        ? new Read(new RulesetDocument(id, version, effectiveFrom, ruleset), null)
        : null;
  }

  private Read ruleDisabled(String id, int version) {
    var effectiveFrom = timeOrNull("effective_from");
    var rule = fields.text("rule_id", RulesetReader.NAME_BYTES, "name the rule");
    var reason = reason();
    return problems.isEmpty()
        ? new Read(new RuleDisabled(id, version, effectiveFrom, rule, reason), null)
        : null;
  }

  private Read suppression(String id, int version) {
    var effectiveFrom = timeOrNull("effective_from");
    var user = fields.textOr("user_id", RulesetReader.NAME_BYTES, null);
    var rule = fields.textOr("rule_id", RulesetReader.NAME_BYTES, null);
    if (!fields.has("user_id") && !fields.has("rule_id")) {
      fields.report(fields.place(), "it names neither user_id nor rule_id; name one or both");
    }
    var from = time("from");
    var until = time("until");
    var reason = reason();
    if (from != null && until != null && from >= until) {
      fields.report(fields.getOrNull("until").place(), "until is not after from; exchange them");
    }
    return problems.isEmpty()
        ? new Read(
            new Suppression(id, version, effectiveFrom, user, rule, from, until, reason), null)
        : null;
  }

  private Read dimension(String id, int version) {
    var effectiveFrom = timeOrNull("effective_from");
    var attribute =
        fields.text("attribute", RulesetReader.NAME_BYTES, "name an attribute of the profile");
    Map<String, String> values = new TreeMap<>();
    Table table = null;
    if (fields.has("values")) {
      var members = fields.members("values", MOST_VALUES);
      if (members != null) {
        readValues(members, fields, values);
      }
    } else if (fields.has("parquet")) {
      table =
          new Table(
              fields.text("parquet", HotRebuild.LONGEST_TEXT, "write the file's path"),
              fields.text("sha256", 64, "write the file's SHA-256, hexadecimal"));
    } else {
      fields.report(fields.place(), "it has neither values nor parquet; write one of them");
    }
    return problems.isEmpty()
        ? new Read(new Dimension(id, version, effectiveFrom, attribute, values), table)
        : null;
  }

  static void readValues(Map<String, Tree> members, Fields fields, Map<String, String> values) {
    members.forEach(
        (key, tree) ->
            values.put(
                key,
                fields.text(
                    tree,
                    "value of " + Fields.shown(key),
                    RulesetReader.NAME_BYTES,
                    "write a text")));
  }

  private String reason() {
    return fields.textOr("reason", HotRebuild.LONGEST_TEXT * 4, "");
  }

  private Long time(String name) {
    return fields.get(name, "write epoch milliseconds or an ISO-8601 time") == null
        ? null
        : timeOrNull(name);
  }

  private Long timeOrNull(String name) {
    if (fields.getOrNull(name) instanceof Scalar scalar && scalar.type() == Tree.Type.TEXT) {
      try {
        return OffsetDateTime.parse(scalar.text())
            .toInstant()
            .truncatedTo(ChronoUnit.MILLIS)
            .toEpochMilli();
      } catch (DateTimeException | ArithmeticException noTime) {
        fields.report(
            scalar.place(),
            name + " is no time; write milliseconds or one such as 2026-01-01T00:00:00Z");
        return null;
      }
    }
    return fields.wholeOrNull(
        name, Long.MIN_VALUE, Long.MAX_VALUE, "write epoch milliseconds or an ISO-8601 time");
  }

  /** Loads the values of the file that a dimension names. */
  static Read load(Read read, TableFiles files) throws RulesetException, IOException {
    var table = read.tableOrNull();
    return table == null ? read : read.with(files.load(table.path(), table.sha256()));
  }
}
