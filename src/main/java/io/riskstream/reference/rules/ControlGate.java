package io.riskstream.reference.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.ControlRow;
import io.riskstream.model.Dimension;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section 4 of the semantics: what becomes of each record of the control topic, and from when. */
public final class ControlGate {
  /** What makes a document that document. */
  private record Identity(String kind, String id, int version) {}

  private final DocumentReader reader;
  private final long waitMillis;
  private final Timeline timeline;
  private final Map<Identity, ControlDocument> accepted = new HashMap<>();
  private final List<ControlAnswer> answers = new ArrayList<>();
  private final List<ControlRow> rows = new ArrayList<>();

  /**
   * Knows the initial ruleset only.
   *
   * @param windows names of those that rules may name
   * @param initialRuleset YAML or JSON; null for default-1
   * @param waitMillis how long after its broker time a document takes effect at the earliest
   */
  public ControlGate(
      Set<String> windows, String initialRuleset, long waitMillis, DimensionFiles files)
      throws RefusedDocumentException {
    this.reader = new DocumentReader(windows, files);
    this.waitMillis = waitMillis;
    var initial =
        initialRuleset == null
            ? RulesetReader.defaults(windows)
            : new RulesetReader(windows).read(Trees.yaml(initialRuleset));
    this.timeline = new Timeline(Rules.compile(initial, Long.MIN_VALUE));
  }

  /** Answers each record, in the order of their offsets. */
  public void judge(List<ControlRecord> records) {
    records.stream()
        .sorted(Comparator.comparingLong(record -> record.coordinates().offset()))
        .forEach(record -> answers.add(answer(record)));
  }

  /** Returns what is in force after the records so far. */
  public Timeline timeline() {
    return timeline;
  }

  /** Returns one answer a record, by offset. */
  public List<ControlAnswer> answers() {
    return answers;
  }

  /** Returns one row an accepted document, by offset. */
  public List<ControlRow> rows() {
    return rows;
  }

  private ControlAnswer answer(ControlRecord record) {
    try {
      var tree = Trees.json(record.value());
      var document = reader.read(tree);
      var identity = new Identity(document.kind(), document.id(), document.version());
      var before = accepted.get(identity);
      if (before == null) {
        return accept(record, tree, document, identity);
      }
      Fields.refuse(!before.equals(document), "accepted before with another content");
      return new ControlAnswer(
          record.coordinates(),
          ControlAnswer.REPEATED,
          identity.kind(),
          identity.id(),
          identity.version(),
          null,
          null,
          false);
    } catch (RefusedDocumentException refused) {
      return ControlAnswer.refused(record.coordinates());
    }
  }

  private ControlAnswer accept(
      ControlRecord record, JsonNode tree, ControlDocument document, Identity identity)
      throws RefusedDocumentException {
    var effectiveFrom = effectiveFrom(document);
    Long cut = null;
    if (!(document instanceof HotRebuild)) {
      cut = record.coordinates().ingestTimeMillis() + waitMillis;
      if (effectiveFrom != null) {
        cut = Math.max(cut, effectiveFrom);
      }
      takeEffect(document, cut);
    }
    accepted.put(identity, document);
    rows.add(row(record, tree, document, cut));
    return new ControlAnswer(
        record.coordinates(),
        ControlAnswer.ACCEPTED,
        identity.kind(),
        identity.id(),
        identity.version(),
        effectiveFrom,
        cut,
        effectiveFrom != null && cut > effectiveFrom);
  }

  private static Long effectiveFrom(ControlDocument document) {
    if (document instanceof RulesetDocument ruleset) {
      return ruleset.effectiveFromMillis();
    }
    if (document instanceof RuleDisabled disabled) {
      return disabled.effectiveFromMillis();
    }
    if (document instanceof Suppression suppression) {
      return suppression.effectiveFromMillis();
    }
    return document instanceof Dimension dimension ? dimension.effectiveFromMillis() : null;
  }

  private void takeEffect(ControlDocument document, long cut) throws RefusedDocumentException {
    if (document instanceof RulesetDocument ruleset) {
      timeline.add(Rules.compile(ruleset.ruleset(), cut));
    } else if (document instanceof RuleDisabled disabled) {
      timeline.add(disabled, cut);
    } else if (document instanceof Suppression suppression) {
      timeline.add(suppression, cut);
    } else if (document instanceof Dimension dimension) {
      timeline.add(dimension, cut);
    }
  }

  private static ControlRow row(
      ControlRecord record, JsonNode tree, ControlDocument document, Long cut) {
    var at = record.coordinates();
    return new ControlRow(
        document.kind(),
        document.id(),
        document.version(),
        cut == null ? null : Instant.ofEpochMilli(cut),
        recorded(record, tree, document),
        at.topic(),
        at.partition(),
        at.offset(),
        Instant.ofEpochMilli(at.ingestTimeMillis()));
  }

  /** As it arrived; where it names a file, with the values of that. */
  private static String recorded(ControlRecord record, JsonNode tree, ControlDocument document) {
    if (document instanceof Dimension dimension && !tree.has("values")) {
      ObjectNode whole = tree.deepCopy();
      dimension.values().forEach(whole.withObject("/values")::put);
      return whole.toString();
    }
    return new String(record.value(), StandardCharsets.UTF_8);
  }
}
