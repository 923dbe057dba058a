package io.riskstream.load.document;

import io.riskstream.load.LoadSettings;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.model.Dimension;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Documents beside a load of events, one after the other so early that their cuts fall into the run
 * where it is long enough: a dimension, two rulesets, suppressions and a rule switched off, and
 * between them what is to be refused or changes nothing. The same settings give the same bytes; no
 * clock is read.
 */
public final class DocumentPlan implements Iterator<PlannedRecord> {
  /** Of an endless run, documents come in the beginning. */
  private static final double LONGEST_NANOS = 60e9;

  /** What of the run is left behind a cut, at least, where there is time. */
  private static final double LEFT_BEHIND_CUT = 0.25;

  private static final long EFFECTIVE_LATER_MILLIS = 2_000;

  private final LoadSettings settings;
  private final String id;
  private final int dimensionVersion;
  private final double runNanos;
  private final double cutDelayNanos;
  private final List<PlannedRecord> records = new ArrayList<>();
  private final Iterator<PlannedRecord> rest;

  /**
   * @param cutDelay how long after its publication a document's cut lies: the pipeline's {@code
   *     time.max-future-skew} and {@code rules.guard}
   */
  public DocumentPlan(LoadSettings settings, Duration cutDelay) {
    this.settings = settings;
    this.id = "load-" + settings.idPrefix();
    this.dimensionVersion = Math.toIntExact(settings.startTimeMillis() / 1_000);
    this.runNanos = Math.min(LONGEST_NANOS, settings.lengthNanos());
    this.cutDelayNanos = cutDelay.toNanos();
    addAll();
    this.rest = records.iterator();
  }

  /** Returns whether a cut falls into a run of this length, with some time behind it. */
  public static boolean fitsInto(Duration run, Duration cutDelay) {
    return run.toNanos() * (1 - LEFT_BEHIND_CUT) > cutDelay.toNanos();
  }

  /** Returns the version of the ruleset that is published first. */
  public static String firstRulesVersion(LoadSettings settings) {
    return "load-" + settings.idPrefix() + "1";
  }

  @Override
  public boolean hasNext() {
    return rest.hasNext();
  }

  @Override
  public PlannedRecord next() {
    return rest.next();
  }

  private void addAll() {
    add(0.10, RecordKind.DOCUMENT, Dimension.KIND, "region", dimensionVersion, regions());
    var ruleset = ruleset(RulesetTexts.first(firstRulesVersion(settings)));
    addRuleset(0.20, RecordKind.DOCUMENT, 1, ruleset);
    addRuleset(0.22, RecordKind.DOCUMENT_REPEATED, 1, ruleset);
    addRuleset(
        0.25, RecordKind.DOCUMENT_REFUSED, 2, ruleset(RulesetTexts.ofWrongType(id + "refused")));
    addRuleset(
        0.27, RecordKind.DOCUMENT_REFUSED, 1, ruleset(RulesetTexts.second(id + "conflicting")));
    addSuppression(0.30, id + "user", 1, userSuppression());
    addSuppression(0.35, id + "rule", 1, ruleSuppression(0.5, 0.9));
    addSuppression(0.45, id + "rule", 2, ruleSuppression(0.5, 0.7));
    add(0.50, RecordKind.DOCUMENT, RuleDisabled.KIND, id + "rule", 1, ruleDisabled());
    var secondAt = sendOffsetNanos(0.55);
    var effectiveFrom = millisAt(secondAt + cutDelayNanos) + EFFECTIVE_LATER_MILLIS;
    addRuleset(
        0.55,
        RecordKind.DOCUMENT,
        2,
        "\"effective_from\":" + effectiveFrom + "," + ruleset(RulesetTexts.second(id + "2")));
  }

  private void addRuleset(double at, RecordKind kind, int version, String members) {
    add(at, kind, RulesetDocument.KIND, id + "rules", version, members);
  }

  private void addSuppression(double at, String suppression, int version, String members) {
    add(at, RecordKind.DOCUMENT, Suppression.KIND, suppression, version, members);
  }

  private void add(
      double at, RecordKind record, String kind, String document, int version, String members) {
    var key = kind + "/" + document + "/" + version;
    var value =
        "{\"kind\":\"%s\",\"id\":\"%s\",\"version\":%d,%s}"
            .formatted(kind, document, version, members);
    records.add(new PlannedRecord(Math.round(sendOffsetNanos(at)), record, utf8(key), utf8(value)));
  }

  /**
   * @param at share of the run after which it is published, if it is long enough
   */
  private double sendOffsetNanos(double at) {
    var earlyEnough = runNanos * (at + LEFT_BEHIND_CUT) - cutDelayNanos;
    return Math.max(0, Math.min(runNanos * at, earlyEnough));
  }

  private long millisAt(double offsetNanos) {
    return settings.startTimeMillis() + (long) (offsetNanos / 1e6);
  }

  private static String regions() {
    return "\"attribute\":\"country\",\"values\":{\"DE\":\"EMEA\",\"FR\":\"EMEA\",\"GB\":\"EMEA\","
        + "\"US\":\"AMER\",\"CA\":\"AMER\",\"BR\":\"AMER\",\"IN\":\"APAC\",\"JP\":\"APAC\"}";
  }

  private static String ruleset(String ruleset) {
    return "\"ruleset\":" + ruleset;
  }

  /** Wished for from the start on, which is too early: its cut is moved. */
  private String userSuppression() {
    return "\"effective_from\":%d,\"user_id\":\"%s\",\"from\":%d,\"until\":%d,\"reason\":\"known to support\""
        .formatted(millisAt(0), settings.attackedUser(), millisAt(0), millisAt(runNanos));
  }

  private String ruleSuppression(double from, double until) {
    return "\"rule_id\":\"risky-purchase\",\"from\":%d,\"until\":%d,\"reason\":\"a sale\""
        .formatted(millisAt(runNanos * from), millisAt(runNanos * until));
  }

  private static String ruleDisabled() {
    return "\"rule_id\":\"busy-stranger\",\"reason\":\"too loud\"";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
