package io.riskstream.rules.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.rules.RulesFixture;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.Rulesets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesetReaderTest {
  /** As section 8 of docs/semantics.md has it. */
  private static final String DEFAULTS =
      """
      version: "default-1"
      weights: {failed_login: 0.1, successful_login: -0.05}
      clamps: {floor: 0, ceiling: 1}
      levels: [{name: low, from: 0}, {name: medium, from: 0.3}, {name: high, from: 0.8}]
      rules:
        - id: high-score
          on: [failed_login, successful_login]
          condition: score_after >= 0.8
          severity: high
          cool-down: 10m
          mode: deliver
          description: The score has come to level high.
        - id: event-burst
          window: 5m/1m
          condition: count > 100
          description: More than 100 events in 5 minutes.
        - id: many-types
          window: 5m/1m
          condition: '"failed_login" in counts && size(types) > 5'
          severity: high
          description: A failed login among more than 5 types of events in 5 minutes.
      """;

  @Test
  void readsTheDefaultRuleset() throws RulesetException {
    assertThat(RulesetReader.read(DEFAULTS, RulesFixture.compiler()).get())
        .isEqualTo(Rulesets.defaults());
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws RulesetException {
    var ruleset = read("version: v\nrules:\n- {id: r, on: [a], condition: 'true'}");

    assertThat(ruleset.weightsMicros()).isEmpty();
    assertThat(ruleset.floorMicros()).isZero();
    assertThat(ruleset.ceilingMicros()).isEqualTo(1_000_000);
    assertThat(ruleset.levels()).isEqualTo(Rulesets.defaults().levels());
    var rule = ruleset.rules().get(0);
    assertThat(rule.severity()).isEqualTo("medium");
    assertThat(rule.coolDownMillis()).isEqualTo(600_000);
    assertThat(rule.shadow()).isFalse();
    assertThat(rule.on()).isEqualTo(Set.of("a"));
    assertThat(rule.windowOrNull()).isNull();
    assertThat(rule.runbookOrNull()).isNull();
  }

  @Test
  void jsonIsReadAlike() throws RulesetException {
    var document = new RulesetDocument("rules", 3, 5L, RulesetReader.read(DEFAULTS).get());

    assertThat(DocumentJson.decode(DocumentJson.encode(document))).isEqualTo(document);
    var json = new String(DocumentJson.encode(document), StandardCharsets.UTF_8);
    var ruleset = json.substring(json.indexOf("{\"version\":\"default-1\""), json.length() - 1);
    assertThat(read(ruleset)).isEqualTo(Rulesets.defaults());
  }

  @Test
  void numbersAreExactToSixPlaces() throws RulesetException {
    assertThat(
            read("version: v\nweights: {a: 0.000001, b: -1, c: 1e-6, d: 0.1000000}")
                .weightsMicros())
        .isEqualTo(Map.of("a", 1, "b", -1_000_000, "c", 1, "d", 100_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250ms | 250",
        "90s | 90000",
        "10m | 600000",
        "10 min | 600000",
        "1h | 3600000",
        "366d | 31622400000"
      })
  void coolDownsAreDurations(String text, long millis) throws RulesetException {
    var ruleset =
        read("version: v\nrules:\n- {id: r, on: [a], condition: 'true', cool-down: " + text + "}");

    assertThat(ruleset.rules().get(0).coolDownMillis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weights: {}                          | 1 | 1  | version is missing",
        "version: 1                           | 1 | 10 | version is no text; write a text that names this ruleset, in quotes",
        "version: v;colour: red               | 2 | 9  | colour is not known here; remove it, or write one of clamps, levels, rules, version, weights",
        "version: v;weights: {a: 0.1234567}   | 2 | 14 | weight of a has more than six places",
        "version: v;weights: {a: 1.000001}    | 2 | 14 | weight of a is out of range; write a number from -1 to 1",
        "version: v;weights: {a: 1e999999999} | 2 | 14 | weight of a is no decimal number",
        "version: v;weights: {a: .nan}        | 2 | 14 | weight of a is no decimal number",
        "version: v;weights: {a: '0.1'}       | 2 | 14 | weight of a is no decimal number",
        "version: v;weights: [a]              | 2 | 10 | weights is no mapping",
        "version: v;clamps: {floor: 0.5, ceiling: 0.4} | 2 | 9 | the floor is above the ceiling",
        "version: v;clamps: {floor: -0.1}     | 2 | 17 | floor is out of range",
        "version: v;clamps: {top: 1}          | 2 | 15 | clamps: top is not known here",
        "version: v;levels: [{name: a, from: 0.1}] | 2 | 9 | the first one must begin from 0",
        "version: v;levels: [{name: a, from: 0}, {name: b, from: 0}] | 2 | 9 | not in order",
        "version: v;rules: {}                 | 2 | 8  | rules is no list",
        "version: v;rules: [1]                | 2 | 9  | it is no mapping",
        "version: v;rules: [{condition: 'true', on: [a]}] | 2 | 9 | id is missing",
        "version: v;rules: [{id: r, condition: 'true'}] | 2 | 9 | rule r: it needs either on",
        "version: v;rules: [{id: r, on: [a], window: 5m/1m, condition: 'true'}] | 2 | 9 | it needs either on",
        "version: v;rules: [{id: r, on: [a, a], condition: 'true'}] | 2 | 21 | on names a type twice",
        "version: v;rules: [{id: r, on: [a]}] | 2 | 9  | rule r: condition is missing",
        "version: v;rules: [{id: r, on: [a], condition: true}] | 2 | 37 | condition is no text",
        "version: v;rules: [{id: r, on: [a], condition: 'true', severity: huge}] | 2 | 55 | write one of critical, high, low, medium",
        "version: v;rules: [{id: r, on: [a], condition: 'true', mode: loud}] | 2 | 51 | write one of deliver, shadow",
        "version: v;rules: [{id: r, on: [a], condition: 'true', cool-down: 10}] | 2 | 56 | cool-down is no duration",
        "version: v;rules: [{id: r, on: [a], condition: 'true', cool-down: 367d}] | 2 | 56 | at most 366d",
        "version: v;rules: [{id: r, on: [a], condition: 'true', cooldown: 1m}] | 2 | 55 | cooldown is not known here",
        "version: v;rules: [&a {id: r, on: [a], condition: 'true'}] | 2 | 9 | an anchor",
        "version: v;version: w                | 2 | 1  | version",
        "version: [                           | 1 | 11 | it is not one YAML document",
      })
  void refusesWithThePlaceAndTheRemedy(String text, int line, int column, String message) {
    var problems = RulesetReader.read(text.replace(';', '\n').strip()).problems();

    assertThat(problems).isNotEmpty();
    assertThat(problems.get(0).message()).contains(message);
    assertThat(List.of(problems.get(0).line(), problems.get(0).column()))
        .as(problems.toString())
        .isEqualTo(List.of(line, column));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    var read =
        RulesetReader.read(
            "weights: {a: x}\nrules: [{id: r, on: [a], condition: 1}, {id: r, on: [b], condition: 'true'}]");

    assertThat(read.rulesetOrNull()).isNull();
    assertThat(read.problems())
        .extracting(Problem::message)
        .satisfiesExactlyInAnyOrder(
            message -> assertThat(message).contains("version is missing"),
            message -> assertThat(message).contains("weight of a"),
            message -> assertThat(message).contains("condition is no text"),
            message -> assertThat(message).contains("a second time"));
  }

  @Test
  void refusesMoreThan200Rules() {
    var rules = new StringBuilder("version: v\nrules:\n");
    for (var i = 0; i < 201; i++) {
      rules.append("- {id: r").append(i).append(", on: [a], condition: 'true'}\n");
    }

    assertThat(RulesetReader.read(rules.toString()).problems().get(0).message())
        .contains("rules has 201 elements, and the limit is 200");
  }

  @Test
  void refusesAHugeOrDeeplyNestedText() {
    assertThat(problem("v".repeat(1_000_001))).contains("1,000,001 characters");
    assertThat(problem("version: v\nrules: " + "[".repeat(50_000))).isNotEmpty();
    assertThat(problem("version: v\nrules: " + "[".repeat(100) + "]".repeat(100))).isNotEmpty();
    assertThat(problem("")).contains("it is empty");
    assertThat(problem("a: 1\n---\nb: 2")).contains("not one YAML document");
  }

  @Test
  void placesOfConditionsAreThoseInTheText() {
    assertThat(conditionPlace("    condition: count > 1 && cuont > 2")).isEqualTo("4:29");
    assertThat(conditionPlace("    condition: \"count > 1 && cuont > 2\"")).isEqualTo("4:30");
    assertThat(conditionPlace("    condition: |\n      count > 1 &&\n        cuont > 2"))
        .isEqualTo("6:9");
  }

  private static String conditionPlace(String condition) {
    var problem =
        RulesetReader.read(
                "version: v\nrules:\n  - id: r\n" + condition + "\n    window: 5m/1m\n",
                RulesFixture.compiler())
            .problems()
            .get(0);
    return problem.line() + ":" + problem.column();
  }

  private static String problem(String text) {
    return RulesetReader.read(text).problems().get(0).message();
  }

  private static Ruleset read(String text) throws RulesetException {
    return RulesetReader.read(text).get();
  }
}
