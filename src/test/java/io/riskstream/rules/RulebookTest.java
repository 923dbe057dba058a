package io.riskstream.rules;

import static io.riskstream.rules.RulesFixture.compiler;
import static io.riskstream.rules.RulesFixture.eventRule;
import static io.riskstream.rules.RulesFixture.ruleset;
import static io.riskstream.rules.RulesFixture.windowRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RulebookTest {
  private static final Map<String, String> GERMAN = Map.of("country", "DE");
  private long offset = 0;

  @Test
  void rulesetIsInForceFromItsCutOnUntilTheNext() throws RulesetException {
    var book =
        book(
            gated(100, document("a", 1, ruleset("a"))), gated(200, document("b", 1, ruleset("b"))));

    assertThat(versionsAt(book, Long.MIN_VALUE, 99, 100, 199, 200, Long.MAX_VALUE))
        .containsExactly("initial", "initial", "a", "a", "b", "b");
    assertThat(book.at(99).documentOffset()).isEqualTo(-1);
    assertThat(book.at(200).documentOffset()).isEqualTo(1);
  }

  @Test
  void ofEqualCutsTheGreaterOffsetCounts() throws RulesetException {
    var first = gated(100, document("a", 1, ruleset("a")));
    var second = gated(100, document("a", 2, ruleset("b")));

    assertThat(versionsAt(book(first, second), 100)).containsExactly("b");
    assertThat(versionsAt(book(second, first), 100)).containsExactly("b");
  }

  @Test
  void documentThatWasPublishedLaterMayBeInForceEarlier() throws RulesetException {
    var book =
        book(
            gated(200, document("a", 1, ruleset("a"))), gated(100, document("b", 1, ruleset("b"))));

    assertThat(versionsAt(book, 99, 100, 200)).containsExactly("initial", "b", "a");
  }

  @Test
  void ruleIsDisabledFromTheCutOnUntilALaterRuleset() throws RulesetException {
    var book =
        book(
            gated(100, disabled("d1", "event")),
            gated(150, disabled("d2", "window")),
            gated(200, document("a", 1, ruleset("a", rules()))),
            gated(200, disabled("d3", "event")),
            gated(201, disabled("d4", "window")));

    assertThat(enabledAt(book, 99)).containsExactly("event", "window");
    assertThat(enabledAt(book, 100)).containsExactly("window");
    assertThat(enabledAt(book, 150)).isEmpty();
    assertThat(enabledAt(book, 200)).containsExactly("event", "window");
    assertThat(enabledAt(book, 201)).containsExactly("event");
  }

  @Test
  void disabledRuleLeavesItsTypesRelevant() throws RulesetException {
    var book = book(gated(100, disabled("d", "event")));

    assertThat(book.at(100).isRelevant("purchase")).isTrue();
    assertThat(book.at(100).kept("purchase")).isEqualTo(ActiveRules.Kept.NOTHING);
  }

  @Test
  void suppressionPassesOverWhatItNamesWithinItsSpanFromItsCutOn() throws RulesetException {
    var book =
        book(
            gated(100, suppression("s1", 1, "u", null, 0, 1_000)),
            gated(100, suppression("s2", 1, null, "r", 500, 600)),
            gated(100, suppression("s3", 1, "v", "r", 0, 1_000)));

    assertThat(book.suppresses("u", "any", 99)).isFalse();
    assertThat(book.suppresses("u", "any", 100)).isTrue();
    assertThat(book.suppresses("u", "any", 999)).isTrue();
    assertThat(book.suppresses("u", "any", 1_000)).isFalse();
    assertThat(book.suppresses("w", "r", 499)).isFalse();
    assertThat(book.suppresses("w", "r", 500)).isTrue();
    assertThat(book.suppresses("w", "r", 600)).isFalse();
    assertThat(book.suppresses("v", "r", 200)).isTrue();
    assertThat(book.suppresses("v", "q", 200)).isFalse();
    assertThat(book.suppresses("w", "q", 550)).isFalse();
  }

  @Test
  void laterVersionReplacesASuppressionFromItsOwnCutOn() throws RulesetException {
    var first = gated(100, suppression("s", 1, "u", null, 0, 1_000));
    var second = gated(300, suppression("s", 2, "v", null, 0, 1_000));
    for (var book : List.of(book(first, second), book(second, first))) {
      assertThat(book.suppresses("u", "r", 299)).isTrue();
      assertThat(book.suppresses("v", "r", 299)).isFalse();
      assertThat(book.suppresses("u", "r", 300)).isFalse();
      assertThat(book.suppresses("v", "r", 300)).isTrue();
    }
  }

  @Test
  void dimensionsAreThoseInForceOfTheProfilesValues() throws RulesetException {
    var book =
        book(
            gated(100, dimension("region", 1, "country", Map.of("DE", "EU"))),
            gated(200, dimension("region", 2, "country", Map.of("DE", "Europe", "US", "America"))),
            gated(100, dimension("currency", 1, "country", Map.of("DE", "EUR"))),
            gated(100, dimension("tier", 1, "plan", Map.of("gold", "1"))));

    assertThat(book.dimensions(99, GERMAN)).isEmpty();
    assertThat(book.dimensions(100, null)).isEmpty();
    assertThat(book.dimensions(100, GERMAN)).isEqualTo(Map.of("region", "EU", "currency", "EUR"));
    assertThat(book.dimensions(100, GERMAN).keySet()).containsExactly("currency", "region");
    assertThat(book.dimensions(200, GERMAN)).containsEntry("region", "Europe");
    assertThat(book.dimensions(200, Map.of("country", "XX", "plan", "gold")))
        .isEqualTo(Map.of("tier", "1"));
  }

  @Test
  void knownIdentityChangesNothing() throws RulesetException {
    var book = book(gated(100, document("a", 1, ruleset("a"))));

    assertThat(book.add(gated(50, document("a", 1, ruleset("other"))))).isFalse();
    assertThat(versionsAt(book, 60, 100)).containsExactly("initial", "a");
    assertThat(book.add(gated(Long.MIN_VALUE, new HotRebuild("h", 1, 0, "", null, null)))).isTrue();
    assertThat(versionsAt(book, 60)).containsExactly("initial");
  }

  @Test
  void refusesToGoOnWithAnAcceptedRulesetThatDoesNotCompileHere() throws RulesetException {
    var book = book();
    var impossible = gated(100, document("a", 1, ruleset("a", windowRule("r", "cuont > 1"))));

    assertThatThrownBy(() -> book.add(impossible))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ruleset document a version 1");
  }

  @Property(tries = 200)
  void orderOfArrivalAndQuestionsInBetweenChangeNothing(@ForAll Random random)
      throws RulesetException {
    var documents = new ArrayList<GatedDocument>();
    for (var i = 0; i < 12; i++) {
      var cut = random.nextInt(6) * 10L;
      documents.add(
          new GatedDocument(
              switch (random.nextInt(4)) {
                case 0 -> document("a", i, ruleset("v" + i, rules()));
                case 1 -> disabled("d" + i, random.nextBoolean() ? "event" : "window");
                case 2 ->
                    suppression("s" + random.nextInt(2), i, "u", null, 0, random.nextInt(60) + 1);
                default -> dimension("region", i, "country", Map.of("DE", "v" + i));
              },
              cut,
              i));
    }
    var inOrder = book(documents.toArray(GatedDocument[]::new));
    Collections.shuffle(documents, random);
    var shuffled = book();
    for (var document : documents) {
      shuffled.at(random.nextInt(60));
      shuffled.add(document);
    }
    for (var time = 0L; time < 60; time += 5) {
      assertThat(shuffled.at(time).ruleset()).isEqualTo(inOrder.at(time).ruleset());
      assertThat(enabledAt(shuffled, time)).isEqualTo(enabledAt(inOrder, time));
      assertThat(shuffled.suppresses("u", "r", time)).isEqualTo(inOrder.suppresses("u", "r", time));
      assertThat(shuffled.dimensions(time, GERMAN)).isEqualTo(inOrder.dimensions(time, GERMAN));
    }
  }

  private static RuleDefinition[] rules() {
    return new RuleDefinition[] {
      eventRule("event", "event.value > 1.0", "purchase"), windowRule("window", "count > 1")
    };
  }

  private static Rulebook book(GatedDocument... documents) throws RulesetException {
    var book = new Rulebook(ruleset("initial", rules()), compiler());
    for (var document : documents) {
      book.add(document);
    }
    return book;
  }

  private GatedDocument gated(long cut, ControlDocument document) {
    return new GatedDocument(document, cut, offset++);
  }

  private static RulesetDocument document(String id, int version, Ruleset ruleset) {
    return new RulesetDocument(id, version, null, ruleset);
  }

  private static RuleDisabled disabled(String id, String rule) {
    return new RuleDisabled(id, 1, null, rule, "");
  }

  private static Suppression suppression(
      String id, int version, String user, String rule, long from, long until) {
    return new Suppression(id, version, null, user, rule, from, until, "");
  }

  private static Dimension dimension(
      String id, int version, String attribute, Map<String, String> values) {
    return new Dimension(id, version, null, attribute, values);
  }

  private static List<String> versionsAt(Rulebook book, long... times) {
    var versions = new ArrayList<String>();
    for (var time : times) {
      versions.add(book.at(time).ruleset().version());
    }
    return versions;
  }

  private static List<String> enabledAt(Rulebook book, long time) {
    var enabled = new ArrayList<String>();
    book.at(time).eventRules("purchase").forEach(rule -> enabled.add(rule.definition().id()));
    book.at(time).windowRules().forEach(rule -> enabled.add(rule.definition().id()));
    return enabled;
  }
}
