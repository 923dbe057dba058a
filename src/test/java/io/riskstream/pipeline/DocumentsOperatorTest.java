package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.failedLogin;
import static io.riskstream.testkit.Events.purchase;
import static io.riskstream.testkit.TestRules.onEvents;
import static io.riskstream.testkit.TestRules.rulesFrom;
import static io.riskstream.testkit.TestRules.ruleset;
import static io.riskstream.testkit.TestRules.shadow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventTypes;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotAlert;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.Ruleset;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.model.UserSnapshot;
import io.riskstream.model.WindowSpec;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.book.StateTerms;
import io.riskstream.pipeline.window.Windows;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.Plans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the user operator knows of documents, over restores too, and what it refuses. */
final class DocumentsOperatorTest {
  private static final int MAX_PARALLELISM = 8;
  private static final Ruleset INITIAL = ruleset("initial");
  private static final Ruleset OTHER = ruleset("other", Map.of("failed_login", 300_000));

  private KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      operator;

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void judgesByADocumentOfTheBroadcastFromItsCutOn() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    document(rulesFrom(2_000, 0, OTHER));
    process(failedLogin("ann", "before", 1_999), failedLogin("ann", "from", 2_000));
    watermark(20_000);
    assertThat(versions()).containsExactly("initial", "other");
  }

  @Test
  void knowsTheDocumentsOfTheTopicBeforeTheFirstEvent() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT, rulesFrom(2_000, 0, OTHER)), null);
    process(failedLogin("ann", "from", 2_000));
    document(rulesFrom(2_000, 0, OTHER));
    watermark(20_000);
    assertThat(versions()).containsExactly("other");
  }

  @Test
  void remembersDocumentsOverARestoreThoughTheTopicHasThemNoMore() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    document(rulesFrom(2_000, 0, OTHER));
    process(failedLogin("ann", "before", 1_000));
    restore(settings(INITIAL, Plans.DEFAULT));
    process(failedLogin("ann", "from", 2_000));
    watermark(20_000);
    assertThat(versions()).containsExactly("initial", "other");
  }

  @Test
  void remembersOverARestoreThatItKnewADocumentOfTheTopic() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT, rulesFrom(2_000, 0, OTHER)), null);
    process(failedLogin("ann", "behind the cut", 3_000));
    restore(settings(INITIAL, Plans.DEFAULT, rulesFrom(2_000, 0, OTHER)));
    document(rulesFrom(2_000, 0, OTHER));
    watermark(20_000);
    assertThat(versions()).containsExactly("other");
  }

  @Test
  void failsIfADocumentComesAfterAnEventThatItShouldHaveJudged() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    process(failedLogin("ann", "one", 2_000));
    document(rulesFrom(2_001, 0, OTHER));
    assertThatThrownBy(() -> document(rulesFrom(2_000, 1, OTHER)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ruleset rules version 2 at offset 1")
        .hasMessageContaining("2026-01-01T00:00:02Z")
        .hasMessageContaining("rules.guard");
  }

  @Test
  void aLateEventOrADuplicateJudgesNothing() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    process(failedLogin("ann", "one", 2_000).asLate());
    document(rulesFrom(2_000, 0, OTHER));
  }

  @Test
  void doesNotStartIfTheTopicHoldsWhatShouldHaveJudgedTheStateWhoeverJudgedIt() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    process(failedLogin("ann", "one", 2_000));
    var state = operator.snapshot(1, 1);
    for (var subtask = 0; subtask < 2; subtask++) {
      var part =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 2, subtask);
      operator.close();
      operator = create(settings(INITIAL, Plans.DEFAULT, rulesFrom(2_000, 0, OTHER)), 2, subtask);
      operator.setup();
      operator.initializeState(part);
      assertThatThrownBy(() -> operator.open())
          .isInstanceOf(SuppressRestartsException.class)
          .hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void inABatchNoDocumentIsTooLate() throws Exception {
    var judged = settings(INITIAL, Plans.DEFAULT);
    operator =
        start(
            new UserRiskSettings(
                judged.time(),
                judged.terms(),
                judged.profileMaxAgeMillis(),
                0,
                "test",
                Verdicts.RECORDED,
                judged.history(),
                judged.observers()),
            null);
    process(failedLogin("ann", "one", 2_000));
    document(rulesFrom(2_000, 0, OTHER));
    operator.processWatermark1(Watermark.MAX_WATERMARK);
    assertThat(versions()).containsExactly("other");
  }

  @Test
  void aRebuildOfTheTopicIsNotObeyedAgainWhenATaskStarts() throws Exception {
    var rebuild = new GatedDocument(new HotRebuild("r", 1, 0, "", null, null), Long.MIN_VALUE, 0);
    operator = start(settings(INITIAL, Plans.DEFAULT, rebuild), null);
    process(failedLogin("ann", "one", 2_000));
    var shown = side(Outputs.HOT_UPDATES).size();
    operator.setProcessingTime(1_000);
    assertThat(side(Outputs.HOT_UPDATES)).hasSize(shown);
    document(rebuild);
    operator.setProcessingTime(2_000);
    assertThat(side(Outputs.HOT_UPDATES)).hasSizeGreaterThan(shown);
  }

  @Test
  void refusesAStateOfAnotherInitialRuleset() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    refuses(settings(OTHER, Plans.DEFAULT), "rules.initial", "ruleset initial", "ruleset other");
    refuses(
        settings(ruleset("initial", Map.of("failed_login", 1)), Plans.DEFAULT),
        "rules.initial",
        "of another content");
  }

  @Test
  void refusesAStateOfOtherWindowsOrTypes() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    var types = new ArrayList<>(Plans.DEFAULT.types().names());
    refuses(
        settings(
            INITIAL,
            new ActivityPlan(
                List.of(Plans.FIVE_MINUTES), Plans.DEFAULT.tumbling(), Plans.DEFAULT.types())),
        "windows.live and activity.size");
    refuses(
        settings(
            INITIAL,
            new ActivityPlan(
                Plans.DEFAULT.live(),
                new WindowSpec("activity", 1_200_000, 1_200_000),
                Plans.DEFAULT.types())),
        "windows.live and activity.size");
    types.add(0, "new");
    refuses(
        settings(
            INITIAL,
            new ActivityPlan(
                Plans.DEFAULT.live(), Plans.DEFAULT.tumbling(), new EventTypes(types))),
        "events.types",
        "at the end only");
  }

  @Test
  void goesOnWithFurtherTypesAtTheEnd() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    process(purchase("ann", "one", 1_000));
    var types = new ArrayList<>(Plans.DEFAULT.types().names());
    types.add("new");
    restore(
        settings(
            INITIAL,
            new ActivityPlan(
                Plans.DEFAULT.live(), Plans.DEFAULT.tumbling(), new EventTypes(types))));
    watermark(1_000_000);
    assertThat(side(Outputs.ACTIVITY_ROWS))
        .extracting(row -> row.getCounts())
        .containsExactly(Map.of("purchase", 1L));
  }

  @Test
  void aProfileIsJoinedAndKeptOverARestoreAndDroppedADayLater() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    operator.processElement1(profile("ann", 1_000), START + 1_000);
    assertThat(operator.extractOutputValues()).isEmpty();
    restore(settings(INITIAL, Plans.DEFAULT));
    process(failedLogin("ann", "one", 2_000));
    watermark(1_000_000);
    assertThat(side(Outputs.LEDGER))
        .extracting(LedgerRow::getProfile)
        .containsExactly(Map.of("tier", "gold"));
    assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    watermark(Duration.ofHours(25).toMillis());
    assertThat(operator.numEventTimeTimers()).isZero();
    assertThat(operator.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void shadowAlertsAreRecordedAndNotShown() throws Exception {
    var rule = onEvents("any", "true", "failed_login");
    operator = start(settings(ruleset("r", shadow(rule)), Plans.DEFAULT), null);
    process(failedLogin("ann", "one", 1_000));
    assertThat(side(Outputs.ALERTS)).extracting(Alert::getMode).containsExactly("shadow");
    assertThat(side(Outputs.HOT_UPDATES)).hasOnlyElementsOfType(UserSnapshot.class);
  }

  @Test
  void anAlertGoesOnAfterARestoreAndEndsWithoutAnyFurtherEvent() throws Exception {
    var settings = settings(ruleset("r", onEvents("any", "true", "failed_login")), Plans.DEFAULT);
    operator = start(settings, null);
    process(failedLogin("ann", "one", 1_000));
    restore(settings);
    watermark(1_000_000);
    assertThat(side(Outputs.ALERTS))
        .extracting(Alert::getStatus, Alert::getRevision)
        .containsExactly(tuple(AlertStatus.confirmed, 1));
    assertThat(side(Outputs.HOT_UPDATES))
        .filteredOn(HotAlert.class::isInstance)
        .singleElement()
        .extracting(update -> ((HotAlert) update).fields().get("contributions"))
        .isEqualTo("[{\"event_type\":\"failed_login\",\"events\":1,\"delta\":0.100000}]");
    assertThat(operator.numKeyedStateEntries()).isEqualTo(1);
  }

  @Test
  void everyAcceptedEventIsAnEntryForTheWindows() throws Exception {
    operator = start(settings(INITIAL, Plans.DEFAULT), null);
    process(purchase("ann", "one", 1_000), purchase("ann", "one", 1_000));
    process(purchase("ann", "late", 1_000).asLate());
    assertThat(side(Windows.ENTRIES))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(Plans.DEFAULT.types().nameOf(entry.typeNumber())).isEqualTo("purchase");
              assertThat(entry.timestampMillis()).isEqualTo(START + 1_000);
              assertThat(entry.entered().lastStarts()).containsExactly(START, START);
            });
  }

  private void refuses(UserRiskSettings settings, String... said) throws Exception {
    var state = operator.snapshot(1, 1);
    // Not closed: that would finish an operator that never began.
    var other = create(settings, 1, 0);
    other.setup();
    assertThatThrownBy(() -> other.initializeState(state))
        .hasStackTraceContaining("SuppressRestartsException")
        .satisfies(
            refused -> {
              for (var text : said) {
                assertThat(refused).hasStackTraceContaining(text);
              }
            });
  }

  private static UserRiskSettings settings(
      Ruleset initial, ActivityPlan plan, GatedDocument... history) {
    var documents = List.of(history);
    return new UserRiskSettings(
        Configs.TIME,
        new StateTerms(initial, plan, "control"),
        Duration.ofHours(24).toMillis(),
        0,
        "test",
        Verdicts.JUDGED,
        new Topic(documents),
        RuleObserverFactory.NONE);
  }

  /** The topic as it is when a task starts. */
  private record Topic(List<GatedDocument> documents) implements DocumentHistory {
    @Override
    public List<GatedDocument> read() {
      return documents;
    }
  }

  private void restore(UserRiskSettings settings) throws Exception {
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(settings, state);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      create(UserRiskSettings settings, int parallelism, int subtask) throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        UserRiskOperators.with(settings),
        UserInput::userId,
        null,
        Types.STRING,
        MAX_PARALLELISM,
        parallelism,
        subtask);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      start(UserRiskSettings settings, OperatorSubtaskState state) throws Exception {
    var harness = create(settings, 1, 0);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  private void process(UserEvent... events) throws Exception {
    for (var event : events) {
      operator.processElement1(event, event.timestampMillis());
    }
  }

  private static ProfileUpdate profile(String userId, long millisAfterStart) {
    return new ProfileUpdate(
        userId,
        START + millisAfterStart,
        Map.of("tier", "gold"),
        new Coordinates("user-profiles", 0, 0, START),
        false);
  }

  private void document(GatedDocument document) throws Exception {
    operator.processElement2(document, 0);
  }

  private void watermark(long millisAfterStart) throws Exception {
    operator.processWatermark1(new Watermark(START + millisAfterStart));
  }

  private List<String> versions() {
    return side(Outputs.LEDGER).stream().map(LedgerRow::getRulesVersion).toList();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var recorded = operator.getSideOutput(tag);
    return recorded == null ? List.of() : recorded.stream().map(StreamRecord::getValue).toList();
  }
}
