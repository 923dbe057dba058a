package io.riskstream.rules;

import static io.riskstream.rules.RulesFixture.compiler;
import static io.riskstream.rules.RulesFixture.eventRule;
import static io.riskstream.rules.RulesFixture.ruleset;
import static io.riskstream.rules.RulesFixture.scored;
import static io.riskstream.rules.RulesFixture.window;
import static io.riskstream.rules.RulesFixture.windowRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riskstream.model.RuleDefinition;
import io.riskstream.rules.ActiveRules.Kept;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCompilerTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void defaultRulesSayWhatTheirDescriptionsSay() throws RulesetException {
    var rules = compiler().compile(Rulesets.defaults());

    var highScore = rules.eventRules("failed_login").get(0);
    assertThat(highScore.judge(scored(700_000, 799_999))).isEqualTo(RuleOutcome.FALSE);
    assertThat(highScore.judge(scored(700_000, 800_000))).isEqualTo(RuleOutcome.TRUE);
    var burst = rules.windowRules().get(0);
    assertThat(burst.judge(window(100), null, NONE)).isEqualTo(RuleOutcome.FALSE);
    assertThat(burst.judge(window(100, 1), null, NONE)).isEqualTo(RuleOutcome.TRUE);
    var manyTypes = rules.windowRules().get(1);
    assertThat(manyTypes.judge(window(1, 1, 1, 1, 1, 0), null, NONE)).isEqualTo(RuleOutcome.FALSE);
    assertThat(manyTypes.judge(window(1, 1, 1, 1, 1, 1), null, NONE)).isEqualTo(RuleOutcome.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score_after - score_before == 0.25",
        "event.type == 'failed_login' && event.id.startsWith('e')",
        "event.timestamp == timestamp('2026-01-01T00:00:00Z')",
        "event.timestamp.getHours() == 0",
        "event.has_value && event.value * 2.0 == -3.0",
        "event.session_id == 's1'",
        "event.properties['ip'].matches('^203[.]') && size(event.properties) == 1",
        "has(event.properties.ip) && !has(event.properties.host)",
        "has_profile && profile.country == 'DE' && dimensions['region'] == 'EU'",
      })
  void eventRuleSeesEveryVariable(String condition) throws RulesetException {
    var facts =
        new EventFacts(
            "e1",
            "failed_login",
            1_767_225_600_000L,
            "s1",
            -1_500_000L,
            Map.of("ip", "203.0.113.9"),
            250_000,
            500_000,
            Map.of("country", "DE"),
            Map.of("region", "EU"));

    assertThat(compiler().eventRule(eventRule("r", condition, "failed_login")).judge(facts))
        .isEqualTo(RuleOutcome.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window.end - window.start == duration('5m')",
        "session.start > window.start && session.end < window.end",
        "session.end - session.start == duration('280s')",
        "count == 7 && counts['failed_login'] == 2 && counts.other == 4",
        "types == ['failed_login', 'other', 'purchase']",
        "types.exists(t, counts[t] == 4) && types.all(t, counts[t] > 0)",
        "!has_profile && size(profile) == 0",
      })
  void windowRuleSeesEveryVariable(String condition) throws RulesetException {
    var rule = compiler().windowRule(windowRule("r", condition));

    assertThat(rule.judge(window(4, 2, 0, 1), null, NONE)).isEqualTo(RuleOutcome.TRUE);
  }

  @Test
  void eventWithoutSessionAndValueHasAnEmptyTextAndZero() throws RulesetException {
    var rule =
        compiler()
            .eventRule(
                eventRule("r", "event.session_id + '' == '' && event.value + 0.0 == 0.0", "a"));

    assertThat(rule.judge(scored(0, 0))).isEqualTo(RuleOutcome.TRUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.properties['ip'] == 'x'",
        "1 / int(score_after) > 0",
        "profile.country == 'DE'",
        "'a'.matches('[')",
        "event.id.matches('(((((a{1,100}){1,100}){1,100})))')",
        "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c,"
            + " [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e, a + b + c + d + e > 0)))))",
      })
  void whatGoesWrongIsAnErrorAndNotTrue(String condition) throws RulesetException {
    var rule = compiler().eventRule(eventRule("r", condition, "failed_login"));

    assertThat(rule.judge(scored(0, 0))).isEqualTo(RuleOutcome.ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score_after >= 'high'              | 1 | 13 | found no matching overload for '_>=_'",
        "score_after >= 1                   | 1 | 13 | found no matching overload for '_>=_'",
        "score_after + 1.0                  | 1 | 1  | yields double",
        "score_aftr >= 0.8                  | 1 | 1  | undeclared reference to 'score_aftr'",
        "score_after > 0.1 && event.colour == 'red' | 1 | 22 | undeclared reference",
        "count > 100                        | 1 | 1  | undeclared reference to 'count'",
        "score_after >=                     | 1 | 15 | mismatched input",
        "score_after >= 0.8 0.9             | 1 | 20 | extraneous input",
      })
  void refusesWhatDoesNotCompileWithItsPlace(
      String condition, int line, int column, String reason) {
    var refused = refusal(eventRule("r", condition, "failed_login"));

    assertThat(refused).hasMessageContaining("rule r").hasMessageContaining(reason);
    assertThat(refused.line()).isEqualTo(line);
    assertThat(refused.column()).isEqualTo(column);
  }

  @Test
  void namesTheVariablesOfTheKindWhereOneIsUnknown() {
    assertThat(refusal(windowRule("r", "score_after > 0.5")))
        .hasMessageContaining("count, counts, dimensions, has_profile");
  }

  @Test
  void placeIsThatOfTheLineInAConditionOfSeveralLines() {
    var refused = refusal(windowRule("r", "count > 100 &&\n  cuont > 5"));

    assertThat(refused.line()).isEqualTo(2);
    assertThat(refused.column()).isEqualTo(3);
  }

  @Test
  void refusesAHugeConditionBeforeItIsParsed() {
    var refused = refusal(windowRule("r", "count > 1" + " || count > 1".repeat(1_000_000)));

    assertThat(refused).hasMessageContaining("characters, and the limit is 4,096");
    assertThat(refused.line()).isEqualTo(1);
  }

  @Test
  void refusesMoreNodesThanTheLimit() {
    assertThat(refusal(windowRule("r", "count > 1" + "||count > 1".repeat(130))))
        .hasMessageContaining("it has 523 nodes, and the limit is 500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{'a':", "!(", "-(", "'(' == '(' && ("})
  void refusesDeepNestingWithThePlace(String opening) {
    var refused = refusal(windowRule("r", "count > 1 && \n" + opening.repeat(200)));

    assertThat(refused).hasMessageContaining("nests deeper than 32");
    assertThat(refused.line()).isEqualTo(2);
    assertThat(refused.column())
        .isEqualTo(32 * opening.length() + opening.length() - depth(opening));
  }

  private static int depth(String opening) {
    return opening.equals("{'a':") ? 4 : 0;
  }

  @Test
  void refusesDeepNestingWithoutBrackets() {
    assertThat(refusal(windowRule("r", "count + ".repeat(40) + "1 > 0")))
        .hasMessageContaining("nests deeper than 32");
    assertThat(refusal(windowRule("r", "count > 1 ? true : ".repeat(40) + "false")))
        .hasMessageContaining("nests deeper than 32");
  }

  @Test
  void bracketsInTextsAndCommentsDoNotNest() throws RulesetException {
    var open = "[".repeat(100);
    var condition =
        "count > 0 // "
            + open
            + "\n && '"
            + open
            + "\\'"
            + open
            + "' != r\"[\" && \"\"\"\n\""
            + open
            + "\"\"\" != '''"
            + open
            + "'''";

    assertThat(compiler().windowRule(windowRule("r", condition)).judge(window(1), null, NONE))
        .isEqualTo(RuleOutcome.TRUE);
  }

  @Test
  void refusesAWindowThatTheJobDoesNotHave() {
    var rule =
        new RuleDefinition("r", Set.of(), "7m/1m", "true", "low", 1, false, "of a test", null);

    assertThat(refusal(rule)).hasMessageContaining("windows.live: 5m/1m, 1m/30s");
  }

  @Test
  void knowsTheWeightsAndTheRelevantTypes() throws RulesetException {
    var rules = compiler().compile(ruleset("v", eventRule("r", "true", "purchase")));

    assertThat(rules.isRelevant("failed_login")).isTrue();
    assertThat(rules.isRelevant("purchase")).isTrue();
    assertThat(rules.isRelevant("logout")).isFalse();
    assertThat(rules.weightMicros("failed_login")).isEqualTo(100_000);
    assertThat(rules.weightMicros("purchase")).isZero();
    assertThat(rules.eventRules("failed_login")).isEmpty();
    assertThat(rules.eventRules("purchase")).hasSize(1);
    assertThat(rules.documentOffset()).isEqualTo(-1);
  }

  @Test
  void keepsWhatTheRulesOfATypeRead() throws RulesetException {
    var rules =
        compiler()
            .compile(
                ruleset(
                    "v",
                    eventRule("r1", "event.properties['ip'] == '' || event.has_value", "a", "b"),
                    eventRule("r2", "'h' in event.properties || has(event.properties.p)", "a"),
                    eventRule("r3", "event.properties.exists(p, p == event.session_id)", "c"),
                    eventRule("r4", "size(event.properties) > 1 && event.value > 1.0", "d"),
                    eventRule("r5", "event.properties[event.type] == 'x'", "e"),
                    eventRule("r6", "score_after > 0.5 && event.id != event.type", "f")));

    assertThat(rules.kept("a")).isEqualTo(new Kept(false, true, Set.of("ip", "h", "p")));
    assertThat(rules.kept("b")).isEqualTo(new Kept(false, true, Set.of("ip")));
    assertThat(rules.kept("c")).isEqualTo(new Kept(true, false, null));
    assertThat(rules.kept("d")).isEqualTo(new Kept(false, true, null));
    assertThat(rules.kept("e")).isEqualTo(new Kept(false, false, null));
    assertThat(rules.kept("f")).isEqualTo(Kept.NOTHING);
    assertThat(rules.kept("g")).isEqualTo(Kept.NOTHING);
  }

  private static RulesetException refusal(RuleDefinition rule) {
    return catchThrowableOfType(
        RulesetException.class, () -> compiler().compile(ruleset("v", rule)));
  }
}
