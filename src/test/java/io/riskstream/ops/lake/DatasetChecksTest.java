package io.riskstream.ops.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.WindowRow;
import io.riskstream.ops.WrittenOutputs;
import io.riskstream.ops.check.Findings;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.testkit.SentStory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checks of windows, activity, profiles, documents and alerts pass what is exact, and name each
 * single thing that is not.
 */
final class DatasetChecksTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final long MINUTE = 60_000;
  private static final String NOTHING_WRONG = "missing 0, double 0, different 0, unexpected 0";

  private final Expected expected =
      ReferenceModel.of(story().input(), new ReferenceSettings(2_000, 3_000, 300_000));
  private final WrittenOutputs outputs = new WrittenOutputs(expected);

  @TempDir private Path folder;
  private Path written;

  @Test
  void passesWhatIsExact() throws Exception {
    write();
    assertThat(windows().findings().found()).isEqualTo(28);
    assertThat(windows().finals()).isEqualTo(14);
    assertThat(windows().isDistinctExact()).isTrue();
    assertThat(printed(windows().findings())).contains("found 28, " + NOTHING_WRONG);
    assertThat(activity()).contains("found 2, " + NOTHING_WRONG);
    assertThat(profiles()).contains("found 2, " + NOTHING_WRONG);
    assertThat(control()).contains("found 2, " + NOTHING_WRONG);
    var alerts = alerts();
    assertThat(printed(alerts.dataset())).contains("found 10, " + NOTHING_WRONG);
    assertThat(printed(alerts.topic())).contains("found 6, " + NOTHING_WRONG);
    assertThat(alerts.confirmed()).isEqualTo(5);
    assertThat(alerts.ids()).isEqualTo(5);
  }

  @Test
  void findsAWindowThatCountsAUserTwice() throws Exception {
    var row = outputs.windows.get(noon()).get(1);
    row.setDistinctUsers(row.getDistinctUsers() + 1);
    write();
    assertThat(windows().isDistinctExact()).isFalse();
    assertThat(printed(windows().findings()))
        .contains("different 1", "window 1m/30s from 2026-01-01T12", "distinct_users: expected ");
  }

  @Test
  void findsAWindowWithoutItsFinalRowAndOneWithTwo() throws Exception {
    var rows = outputs.windows.get(noon());
    rows.remove(1);
    rows.get(1).setFinal$(true);
    write();
    assertThat(printed(windows().findings()))
        .contains("0 final rows, the last of all is not", "2 final rows, the last of all is");
  }

  @Test
  void findsRevisionsOfAWindowThatAreMissingOrDouble() throws Exception {
    var rows = outputs.windows.get(noon());
    rows.add(WindowRow.newBuilder(rows.get(3)).build());
    rows.remove(0);
    write();
    assertThat(printed(windows().findings()))
        .contains("1 rows, but revision runs to 1", "double 1", "revision 1 in real-time")
        .doesNotContain("unexpected: ");
  }

  @Test
  void findsAWindowMissingAndOneThatNobodyHas() throws Exception {
    for (var row : outputs.windows.get(noon()).subList(0, 2)) {
      row.setEventType("nonsense");
    }
    write();
    assertThat(windows().isDistinctExact()).isFalse();
    assertThat(printed(windows().findings()))
        .contains("missing 1", "unexpected 1", "type nonsense");
  }

  @Test
  void findsAnActivityRowRemovedAnotherDoubledAndOneChanged() throws Exception {
    var rows = outputs.activity.get(noon());
    var removed = rows.remove(0);
    rows.add(rows.get(0));
    write();
    assertThat(activity())
        .contains("missing: user " + removed.getUserId(), "double: user v", "missing 1, double 1");
    rows.get(0).setProfile(Map.of("tier", "other"));
    write();
    assertThat(activity()).contains("profile: expected {tier=a}, found {tier=other}");
  }

  @Test
  void findsAProfileRowRemovedAnotherDoubledAndOneChanged() throws Exception {
    var rows = outputs.profiles.get(noon());
    rows.remove(0);
    rows.add(rows.get(0));
    write();
    assertThat(profiles())
        .contains("missing: user-profiles-0@0", "double: user-profiles-0@1", "missing 1, double 1");
    rows.get(0).setLate(true);
    write();
    assertThat(profiles()).contains("late: expected false, found true");
  }

  @Test
  void findsADocumentRemovedAnotherDoubledAndOneWithAnotherCut() throws Exception {
    var rows = outputs.control.values().iterator().next();
    rows.remove(0);
    rows.add(rows.get(0));
    write();
    assertThat(control()).contains("missing: control-0@0", "double: control-0@1");
    rows.get(0).setCut(Instant.ofEpochMilli(NOON));
    rows.get(0).setDocument("{}");
    write();
    assertThat(control()).contains("cut: expected 2026", "document: expected {\"kind\"");
  }

  @Test
  void findsAConfirmedAlertThatSaysSomethingElse() throws Exception {
    var step = confirmed("high-score");
    step.setScore(new BigDecimal("0.800001"));
    step.getContributions().get(0).setEvents(7);
    write();
    var found = alerts();
    assertThat(printed(found.dataset()))
        .contains("different 1", "score: expected 0.800000, found 0.800001", "contributions: ");
    assertThat(printed(found.topic())).contains("score: expected 0.800001, found 0.800000");
  }

  @Test
  void findsAConfirmedAlertThatNobodyEarnedAndOneThatIsMissing() throws Exception {
    var step = confirmed("burst");
    for (var life : outputs.steps.values()) {
      life.removeIf(other -> other.getAlertId().equals(step.getAlertId()));
    }
    outputs.life(
        Alert.newBuilder(step)
            .setAlertId("other")
            .setRevision(0)
            .setStatus(AlertStatus.raised)
            .build(),
        Alert.newBuilder(step).setAlertId("other").build());
    write();
    assertThat(printed(alerts().dataset()))
        .contains(
            "missing: alert " + step.getAlertId() + " of user u rule burst",
            "unexpected: alert other of user u rule burst",
            "missing 1, double 0, different 0, unexpected 1");
  }

  @Test
  void findsLivesThatDoNotBeginOrEndAsTheyMust() throws Exception {
    var step = confirmed("burst");
    outputs.life(at(step, "no-end", 0, AlertStatus.raised));
    outputs.life(
        at(step, "two-ends", 0, AlertStatus.raised),
        at(step, "two-ends", 1, AlertStatus.withdrawn),
        at(step, "two-ends", 2, AlertStatus.withdrawn));
    outputs.life(at(step, "no-begin", 1, AlertStatus.withdrawn));
    outputs.life(
        at(step, "double", 0, AlertStatus.raised),
        at(step, "double", 0, AlertStatus.raised),
        at(step, "double", 1, AlertStatus.withdrawn));
    outputs.life(
        at(step, "never-raised", 0, AlertStatus.amended),
        at(step, "never-raised", 1, AlertStatus.withdrawn));
    var other = at(step, "says-another", 1, AlertStatus.withdrawn);
    other.setSeverity("low");
    outputs.life(at(step, "says-another", 0, AlertStatus.raised), other);
    outputs.life(
        at(step, "well", 0, AlertStatus.raised),
        at(step, "well", 1, AlertStatus.amended),
        at(step, "well", 2, AlertStatus.withdrawn));
    write();
    var alerts = alerts();
    assertThat(printed(alerts.dataset()))
        .contains(
            "alert no-end of user u rule burst at 2026-01-01T12:02:59.999Z revision 0: has no end",
            "revision 2: revision 1 is no last one",
            "1 revisions, but they run to 1",
            "double: alert double",
            "revision 0 is amended",
            "severity: expected medium, found low",
            "missing 0, double 1, different 5, unexpected 0")
        .doesNotContain("alert well");
    assertThat(alerts.withdrawn()).isEqualTo(6);
  }

  @Test
  void findsATopicThatSaysSomethingElseThanTheDataset() throws Exception {
    outputs.alerts.remove(0);
    outputs.alerts.add(outputs.alerts.get(0));
    outputs.alerts.add(outputs.alerts.get(1).deepCopy().put("revision", 9));
    var shadow = confirmed("hidden");
    outputs.alerts.add(
        outputs.alerts.get(1).deepCopy().put("alert_id", shadow.getAlertId()).put("revision", 0));
    write();
    assertThat(printed(alerts().topic()))
        .contains(
            "revision 9 in topic is not in the dataset",
            "is a shadow alert",
            "missing 1, double 1, different 0, unexpected 2");
  }

  @Test
  void findsAnAlertInTheWrongFolderAndPassesOverThoseOfQuality() throws Exception {
    var steps = outputs.steps.remove(noon());
    outputs.steps.put(noon().replace("hour=12", "hour=11"), steps);
    var quality = Alert.newBuilder(confirmed("burst")).setKind("data-quality").setUserId(null);
    outputs.life(quality.build());
    write();
    var alerts = alerts();
    assertThat(printed(alerts.dataset())).contains("different 10", "folder: expected " + noon());
    assertThat(printed(alerts.topic())).contains("found 7, " + NOTHING_WRONG);
  }

  private static Alert at(Alert alert, String id, int revision, AlertStatus status) {
    return Alert.newBuilder(alert).setAlertId(id).setRevision(revision).setStatus(status).build();
  }

  /** Two users; u raises an alert of each rule, v of the shadow rule too. */
  private static SentStory story() {
    var story = new SentStory();
    long longAgo = NOON - 20 * MINUTE;
    story.document(
        longAgo,
        "{\"kind\":\"ruleset\",\"id\":\"r\",\"version\":1,\"ruleset\":{\"version\":\"r\","
            + "\"weights\":{\"failed_login\":0.8},\"rules\":["
            + "{\"id\":\"high-score\",\"on\":[\"failed_login\"],\"condition\":\"score_after >= 0.8\"},"
            + "{\"id\":\"hidden\",\"on\":[\"search\"],\"condition\":\"true\",\"mode\":\"shadow\"},"
            + "{\"id\":\"burst\",\"window\":\"5m/1m\",\"condition\":\"count > 1\"},"
            + "{\"id\":\"span\",\"window\":\"1m/30s\",\"cool-down\":\"1d\","
            + "\"condition\":\"session.end - session.start > duration('1s')\"}]}}");
    story.document(
        longAgo,
        "{\"kind\":\"dimension\",\"id\":\"d\",\"version\":1,\"attribute\":\"tier\","
            + "\"values\":{\"a\":\"first\"}}");
    story.profile(0, "u", NOON, "{\"tier\":\"a\"}");
    story.profile(0, "v", NOON, "{\"tier\":\"a\"}");
    story.event(0, "u", "1", "failed_login", NOON + 2 * MINUTE);
    story.event(0, "u", "2", "search", NOON + 2 * MINUTE + 2_000);
    story.event(0, "v", "3", "search", NOON + 2 * MINUTE + 3_000);
    return story;
  }

  private void write() throws Exception {
    written = Files.createTempDirectory(folder, "lake");
    outputs.writeLake(written);
  }

  private String noon() {
    return "year=2026/month=01/day=01/hour=12";
  }

  private Alert confirmed(String ruleId) {
    return outputs.steps.values().stream()
        .flatMap(List::stream)
        .filter(step -> step.getRuleId().equals(ruleId))
        .filter(step -> step.getStatus() == AlertStatus.confirmed)
        .findFirst()
        .orElseThrow();
  }

  private WindowsCheck windows() throws Exception {
    return WindowsCheck.of(written.toString(), expected.windows());
  }

  private String activity() throws Exception {
    return printed(RowsCheck.activity(written.toString(), expected.activity()));
  }

  private String profiles() throws Exception {
    return printed(RowsCheck.profiles(written.toString(), expected.profiles()));
  }

  private String control() throws Exception {
    return printed(RowsCheck.control(written.toString(), expected.control()));
  }

  private AlertsCheck alerts() throws Exception {
    var alerts = AlertsCheck.of(written.toString(), expected.alerts());
    outputs.alerts.forEach(message -> alerts.published(message, "topic"));
    alerts.finish();
    return alerts;
  }

  private static String printed(Findings findings) {
    var printed = new ByteArrayOutputStream();
    findings.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }
}
