package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.LedgerRow;
import io.riskstream.testkit.SentStory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sections 2, 3, 5 and 10 of the semantics, as stories whose ends were computed by hand. */
class ReferenceModelTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z, begins a bucket
  private static final long MINUTE = 60_000;
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(2 * MINUTE, 3 * MINUTE, 5 * MINUTE);

  private final SentStory story = new SentStory();

  @Test
  void judgesLateOnlyBelowDelayAndLatenessBehindTheHighestOfThePartition() {
    story.event(0, "u", "first", "failed_login", NOON);
    story.event(0, "u", "on-the-line", "failed_login", NOON - 5 * MINUTE);
    story.event(0, "u", "below", "failed_login", NOON - 5 * MINUTE - 1);
    story.event(1, "v", "other-partition", "failed_login", NOON - 60 * MINUTE);
    var outcome = outcome();
    assertThat(outcome.counts().get(0)).isEqualTo(new Expected.Counts(2, 0, 1, 0));
    assertThat(outcome.counts().get(1)).isEqualTo(new Expected.Counts(1, 0, 0, 0));
    assertThat(outcome.events().stream().filter(Expected.Event::late))
        .singleElement()
        .satisfies(late -> assertThat(late.toRow().getEventId()).isEqualTo("below"));
    assertThat(ledgerOf("u"))
        .extracting(LedgerRow::getEventId)
        .containsExactly("on-the-line", "first");
  }

  @Test
  void doesNotRaiseTheGateByDeadLetters() {
    story.event(0, "u", "a", "t", NOON);
    story.event(0, "u", "future", "t", NOON + 60 * MINUTE, NOON);
    story.event(0, "u", "b", "t", NOON - 5 * MINUTE);
    assertThat(outcome().totals()).isEqualTo(new Expected.Counts(2, 0, 0, 1));
  }

  @Test
  void dropsADuplicateAndRefusesOneThatSaysSomethingElse() {
    story.send(0, NOON, json("e", NOON, ",\"value\":1.5"));
    story.send(0, NOON + 1, json("e", NOON, ",\"value\":1.50,\"session_id\":null"));
    story.send(
        0,
        NOON + 2,
        "k".getBytes(StandardCharsets.UTF_8),
        json(
                "e",
                NOON,
                ",\"z\":\"\\u007f\\u001b\\n"
                    + "\\\"\\/\\u00e9\",\"a\":1,\"value\":-0.25,\"session_id\":\"\"")
            .getBytes(StandardCharsets.UTF_8));
    var outcome = outcome();
    assertThat(outcome.totals()).isEqualTo(new Expected.Counts(1, 1, 0, 1));
    var letter = outcome.deadLetters().get(0);
    var canonical =
        "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"failed_login\",\"timestamp\":1767268800000,\"session_id\":\"\",\"value\":-0.250000,\"properties\":{\"a\":\"1\",\"z\":\"\u007f\\u001B\\n"
            + "\\\"/é\"}}";
    assertThat(StandardCharsets.UTF_8.decode(letter.getRaw()).toString()).isEqualTo(canonical);
    assertThat(letter.getRawLength()).isEqualTo(canonical.getBytes(StandardCharsets.UTF_8).length);
    assertThat(letter.getRawKey()).isNull();
    assertThat(letter.getStage()).isEqualTo("conflicting-duplicate");
    assertThat(letter.getError()).isEqualTo("conflicting-duplicate");
    assertThat(letter.getOffset()).isEqualTo(2);
  }

  @Test
  void leavesNullFieldsOutOfACanonicalEventAndSortsPropertiesByUtf16() {
    story.send(0, NOON, json("e", NOON, ""));
    story.send(0, NOON, json("e", NOON + 1, ",\"\uFFFF\":1,\"\uD800\uDC00\":2"));
    assertThat(StandardCharsets.UTF_8.decode(outcome().deadLetters().get(0).getRaw()).toString())
        .isEqualTo(
            "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"failed_login\",\"timestamp\":1767268800001,"
                + "\"properties\":{\"\uD800\uDC00\":\"2\",\"\uFFFF\":\"1\"}}");
  }

  @Test
  void keepsTheSameIdOfTwoUsersApart() {
    story.event(0, "u", "e", "t", NOON).event(0, "v", "e", "t", NOON);
    assertThat(outcome().totals().accepted()).isEqualTo(2);
  }

  @Test
  void acceptsAnIdAgainOnceItsFirstEventLiesBehindTheLineAndNotesThatItDid() {
    story.event(0, "u", "e", "t", NOON);
    story.event(0, "u", "other", "t", NOON + 5 * MINUTE + 1);
    story.event(0, "u", "e", "t", NOON + 5 * MINUTE);
    var outcome = outcome();
    assertThat(outcome.totals().accepted()).isEqualTo(3);
    assertThat(outcome.reusedIds()).singleElement().extracting("offset").isEqualTo(2L);
  }

  @Test
  void stillKnowsAnIdThatLiesOnTheLine() {
    story.event(0, "u", "e", "t", NOON);
    story.event(0, "u", "other", "t", NOON + 5 * MINUTE);
    story.event(0, "u", "e", "t", NOON);
    assertThat(outcome().totals()).isEqualTo(new Expected.Counts(2, 1, 0, 0));
  }

  @Test
  void judgesADuplicateByTheLineBeforeItMovesTheLineItself() {
    story.event(0, "u", "e", "t", NOON);
    story.event(0, "u", "e", "t", NOON + 5 * MINUTE + 1);
    assertThat(outcome().totals()).isEqualTo(new Expected.Counts(1, 0, 0, 1));
  }

  @Test
  void clampsTheScoreAndRecordsTheDeltaReallyApplied() {
    story.event(0, "u", "b", "failed_login", NOON + 2);
    story.event(0, "u", "c", "successful_login", NOON + 3);
    story.event(0, "u", "d", "page_view", NOON + 4);
    story.event(0, "u", "a", "successful_login", NOON + 1);
    assertThat(ledgerOf("u"))
        .extracting(
            LedgerRow::getEventId,
            LedgerRow::getSequence,
            row -> row.getScoreBefore().toString(),
            row -> row.getWeight().toString(),
            row -> row.getDelta().toString(),
            row -> row.getScoreAfter().toString())
        .containsExactly(
            tuple("a", 1L, "0.000000", "-0.050000", "0.000000", "0.000000"),
            tuple("b", 2L, "0.000000", "0.100000", "0.100000", "0.100000"),
            tuple("c", 3L, "0.100000", "-0.050000", "-0.050000", "0.050000"));
  }

  @Test
  void neverScoresMoreThanOne() {
    failedLogins("u", 12, NOON);
    assertThat(outcome().users().get("u").scoreMicros()).isEqualTo(1_000_000);
    assertThat(ledgerOf("u").get(11).getDelta()).isEqualTo(new BigDecimal("0.000000"));
  }

  @Test
  void breaksTiesByTheUnsignedBytesOfUtf8() {
    story.event(0, "u", "\uD800\uDC00", "failed_login", NOON);
    story.event(0, "u", "\uFFFF", "failed_login", NOON);
    story.event(0, "u", "z", "failed_login", NOON);
    assertThat(ledgerOf("u"))
        .extracting(LedgerRow::getEventId)
        .containsExactly("z", "\uFFFF", "\uD800\uDC00");
  }

  @Test
  void givesTheHotStoreWhatAcceptedEventsSay() {
    story.event(0, "u", "1", "page_view", NOON + 10, NOON + 11);
    story.event(0, "u", "2", "failed_login", NOON + 5, NOON + 12);
    story.event(0, "u", "2", "failed_login", NOON + 5, NOON + 13);
    story.event(0, "u", "3", "failed_login", NOON - 60 * MINUTE, NOON + 14);
    story.event(1, "only-late", "1", "page_view", NOON - 60 * MINUTE, NOON + 14);
    var user = outcome().users().get("u");
    assertThat(user)
        .isEqualTo(
            new Expected.User(
                "u", 100_000, "low", 2, NOON + 5, NOON + 10, "default-1", NOON + 12, NOON + 14, 4));
  }

  @Test
  void knowsNoHashOfAUserWhoseEventsWereAllLate() {
    story.event(0, "u", "1", "page_view", NOON).event(0, "v", "1", "page_view", NOON - 60 * MINUTE);
    assertThat(outcome().users()).containsOnlyKeys("u");
  }

  @Test
  void namesLevelsByTheirLowerBounds() {
    failedLogins("two", 2, NOON);
    failedLogins("three", 3, NOON);
    failedLogins("seven", 7, NOON);
    failedLogins("eight", 8, NOON);
    var users = outcome().users();
    assertThat(Stream.of("two", "three", "seven", "eight").map(user -> users.get(user).level()))
        .containsExactly("low", "medium", "medium", "high");
  }

  @Test
  void knowsTheUsersWhoStandInSeveralPartitions() {
    story.event(0, "u", "1", "t", NOON).event(1, "u", "2", "t", NOON);
    story.event(0, "v", "1", "t", NOON);
    assertThat(outcome().scatteredUsers()).containsExactly("u");
  }

  @Test
  void doesNotKnowWhichOfARecordsCopiesInSeveralPartitionsCameFirst() {
    story.event(0, "u", "1", "t", NOON);
    story.event(1, "u", "1", "t", NOON); // the same
    story.event(1, "u", "1", "t", NOON); // comes behind its neighbour in any case
    story.event(2, "u", "1", "other", NOON); // conflicts
    story.event(2, "u", "2", "t", NOON);
    var outcome = outcome();
    assertThat(outcome.undecided()).hasSize(1);
    assertThat(outcome.undecided().get(0)).extracting(this::position).containsExactly(0, 1, 3);
    assertThat(acceptedAndRefused(outcome)).containsExactly("0 4", "3");

    var known = given(3);
    assertThat(acceptedAndRefused(known)).containsExactly("3 4", "0 1 2");
    assertThat(known.undecided().get(0)).extracting(this::position).containsExactly(0, 1, 3);
    assertThat(acceptedAndRefused(given(1))).containsExactly("1 4", "3");
    assertThat(given(1).totals()).isEqualTo(outcome.totals());
  }

  @Test
  void knowsWhichCopyCameFirstWithinAPartition() {
    story.event(0, "u", "1", "t", NOON);
    story.event(0, "u", "1", "t", NOON);
    story.event(1, "u", "2", "t", NOON);
    assertThat(outcome().undecided()).isEmpty();
  }

  private Expected given(int first) {
    return ReferenceModel.of(
        ReferenceInput.ofEvents(story.records()).withFirsts(List.of(story.records().get(first))),
        SETTINGS);
  }

  /** Returns the numbers, as they were told, of the accepted records and of the dead letters. */
  private List<String> acceptedAndRefused(Expected outcome) {
    var accepted = outcome.events().stream().map(Expected.Event::sent).map(this::position);
    var refused =
        outcome.deadLetters().stream()
            .map(letter -> number(letter.getPartition(), letter.getOffset()));
    return List.of(numbers(accepted), numbers(refused));
  }

  private static String numbers(Stream<Integer> numbers) {
    return numbers.sorted().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private int position(SentRecord sent) {
    return number(sent.coordinates().partition(), sent.coordinates().offset());
  }

  private int number(int partition, long offset) {
    var at = story.records().stream().map(SentRecord::coordinates).toList();
    return IntStream.range(0, at.size())
        .filter(i -> at.get(i).partition() == partition && at.get(i).offset() == offset)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void filesRowsByEventTimeAndOldLateOnesByIngestTime() {
    long day = 24 * 60 * MINUTE;
    story.event(0, "u", "1", "t", NOON, NOON);
    story.event(0, "u", "2", "t", NOON - day, NOON);
    story.event(0, "u", "3", "t", NOON - day - 1, NOON);
    assertThat(outcome().events().stream().map(event -> LakeFolders.of(event.toRow())))
        .containsExactly(
            "year=2026/month=01/day=01/hour=12",
            "year=2025/month=12/day=31/hour=12",
            "year=2026/month=01/day=01/hour=12");
  }

  @Test
  void doesNotDependOnTheOrderInWhichTheRecordsAreGiven() {
    failedLogins("u", 20, NOON);
    var backwards = new ArrayList<>(story.records());
    Collections.reverse(backwards);
    assertThat(ReferenceModel.of(backwards, SETTINGS)).isEqualTo(outcome());
  }

  private void failedLogins(String userId, int count, long firstMillis) {
    for (int i = 0; i < count; i++) {
      story.event(0, userId, "f" + i, "failed_login", firstMillis + i);
    }
  }

  private static String json(String eventId, long timestampMillis, String furtherFields) {
    return "{\"event_id\":\"%s\",\"user_id\":\"u\",\"event_type\":\"failed_login\",\"timestamp\":%d%s}"
        .formatted(eventId, timestampMillis, furtherFields);
  }

  private Expected outcome() {
    return ReferenceModel.of(story.records(), SETTINGS);
  }

  private List<LedgerRow> ledgerOf(String userId) {
    return outcome().ledger().stream()
        .filter(row -> row.userId().equals(userId))
        .map(Expected.Ledger::toRow)
        .toList();
  }
}
