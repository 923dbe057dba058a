package io.riskstream.rules;

import static io.riskstream.rules.RulesFixture.TYPES;
import static io.riskstream.rules.RulesFixture.compiler;
import static io.riskstream.rules.RulesFixture.eventRule;
import static io.riskstream.rules.RulesFixture.windowRule;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.WindowFeatures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is decided without CEL is what CEL says, for random conditions and facts. */
class RuleShortcutsTest {
  private static final String[] COMPARISONS = {"==", "!=", "<", "<=", ">", ">="};
  private static final List<String> NAMES =
      List.of("failed_login", "purchase", "other", "logout", "never_named");
  private static final int FACTS_PER_CONDITION = 40;

  @Property(tries = 400)
  void eventRuleSaysWhatCelSays(@ForAll Random random) throws RulesetException {
    var condition = expression(random, 3, true);
    var rule = compiler().eventRule(eventRule("r", condition, "failed_login"));
    for (var i = 0; i < FACTS_PER_CONDITION; i++) {
      var facts = facts(random);
      assertThat(rule.judge(facts))
          .as("%s of %s", condition, facts)
          .isEqualTo(rule.judgeByCel(facts));
    }
  }

  @Property(tries = 400)
  void windowRuleSaysWhatCelSaysAndOnlyWhereItCanBeTrue(@ForAll Random random)
      throws RulesetException {
    var condition = expression(random, 3, false);
    var rule = compiler().windowRule(windowRule("r", condition));
    for (var i = 0; i < FACTS_PER_CONDITION; i++) {
      var features = features(random);
      var profile = profile(random);
      var dimensions = attributes(random);
      var byCel = rule.judgeByCel(features, profile, dimensions);
      assertThat(rule.judge(features, profile, dimensions))
          .as("%s of %s", condition, features)
          .isEqualTo(byCel);
      if (byCel == RuleOutcome.TRUE) {
        assertThat(rule.canBeTrue(features)).as("%s of %s", condition, features).isTrue();
        assertThat(rule.canBeTrue(more(random, features))).as("%s", condition).isTrue();
      }
    }
  }

  @Test
  void defaultRulesAreDecidedByTheirBounds() throws RulesetException {
    var rules = compiler().compile(Rulesets.defaults()).windowRules();

    assertThat(rules.get(0).canBeTrue(RulesFixture.window(100))).isFalse();
    assertThat(rules.get(0).canBeTrue(RulesFixture.window(101))).isTrue();
    assertThat(rules.get(1).canBeTrue(RulesFixture.window(1, 0, 1, 1, 1, 1))).isFalse();
    assertThat(rules.get(1).canBeTrue(RulesFixture.window(1, 1, 1, 1, 1, 0))).isFalse();
    assertThat(rules.get(1).canBeTrue(RulesFixture.window(1, 1, 1, 1, 1, 1))).isTrue();
  }

  @Test
  void boundsComeFromConjunctionsDisjunctionsAndNegations() throws RulesetException {
    assertThat(canBeTrue("counts['purchase'] >= 3 && types.all(t, t != '')", 0, 0, 0, 2)).isFalse();
    assertThat(canBeTrue("counts['purchase'] >= 3 && types.all(t, t != '')", 0, 0, 0, 3)).isTrue();
    assertThat(canBeTrue("count > 4 || 'purchase' in types", 4)).isFalse();
    assertThat(canBeTrue("count > 4 || has_profile", 4)).isTrue();
    assertThat(canBeTrue("!(count <= 4)", 4)).isFalse();
    assertThat(canBeTrue("5 <= count", 4)).isFalse();
    assertThat(canBeTrue("count == 5", 4)).isFalse();
    assertThat(canBeTrue("count == 5", 6)).isTrue();
    assertThat(canBeTrue("count < 5", 6)).isTrue();
    assertThat(canBeTrue("'never_named' in counts", 6)).isFalse();
    assertThat(canBeTrue("size(counts) > 1 && false", 6, 6)).isFalse();
  }

  private static boolean canBeTrue(String condition, long... counts) throws RulesetException {
    return compiler().windowRule(windowRule("r", condition)).canBeTrue(RulesFixture.window(counts));
  }

  private static String expression(Random random, int depth, boolean ofEvents) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return ofEvents ? eventLeaf(random) : windowLeaf(random);
    }
    var left = expression(random, depth - 1, ofEvents);
    var right = expression(random, depth - 1, ofEvents);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> "(%s && %s)".formatted(left, right);
      case 3, 4, 5 -> "(%s || %s)".formatted(left, right);
      case 6 -> "!(%s)".formatted(left);
      default -> "(%s ? %s : %s)".formatted(left, right, left);
    };
  }

  private static String eventLeaf(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> compare(random, "score_after", List.of("0.0", "0.1", "0.25", "0.8", "-0.1"));
      case 2 -> compare(random, "score_before", List.of("0.3", "0.300001", "1.0", "1e400"));
      case 3 -> compare(random, "event.value", List.of("0.0", "-1.5", "12.345678", "999999.1"));
      case 4 -> compare(random, "event.type", List.of("'failed_login'", "'purchase'", "'a'"));
      case 5 -> random.nextBoolean() ? "event.has_value" : "has_profile == true";
      case 6 -> compare(random, "event.session_id", List.of("''", "'s'"));
      default -> anyLeaf(random, "event.properties");
    };
  }

  private static String windowLeaf(Random random) {
    var name = "'" + NAMES.get(random.nextInt(NAMES.size())) + "'";
    return switch (random.nextInt(9)) {
      case 0, 1 -> compare(random, "count", List.of("0", "1", "3", "7", "9223372036854775807"));
      case 2 -> compare(random, "size(types)", List.of("1", "2", "3"));
      case 3 -> compare(random, "counts.size()", List.of("1", "2", "3"));
      case 4 -> name + " in counts";
      case 5 -> name + " in types";
      case 6 -> compare(random, "counts[" + name + "]", List.of("0", "1", "2", "4"));
      case 7 -> "types.exists(count, count == " + name + ")";
      default -> anyLeaf(random, "profile");
    };
  }

  private static String anyLeaf(Random random, String map) {
    var of = random.nextBoolean() ? map : random.nextBoolean() ? "profile" : "dimensions";
    return switch (random.nextInt(7)) {
      case 0 -> "'a' in " + of;
      case 1 -> "has(" + of + ".b)";
      case 2 -> compare(random, of + "['a']", List.of("'x'", "'y'"));
      case 3 -> compare(random, of + ".b", List.of("'x'", "'z'"));
      case 4 -> "size(" + of + ") > 1";
      case 5 -> "1 / size(" + of + ") == 1";
      default -> random.nextBoolean() ? "true" : "has_profile";
    };
  }

  private static String compare(Random random, String path, List<String> constants) {
    var operator = COMPARISONS[random.nextInt(COMPARISONS.length)];
    var constant = constants.get(random.nextInt(constants.size()));
    return random.nextInt(4) == 0
        ? "%s %s %s".formatted(constant, operator, path)
        : "%s %s %s".formatted(path, operator, constant);
  }

  private static EventFacts facts(Random random) {
    var scores = new int[] {0, 100_000, 250_000, 300_000, 300_001, 799_999, 800_000, 1_000_000};
    return new EventFacts(
        "e",
        NAMES.get(random.nextInt(2)),
        random.nextInt(),
        random.nextBoolean() ? null : "s",
        random.nextBoolean() ? null : List.of(0L, -1_500_000L, 12_345_678L).get(random.nextInt(3)),
        attributes(random),
        scores[random.nextInt(scores.length)],
        scores[random.nextInt(scores.length)],
        profile(random),
        attributes(random));
  }

  private static WindowFeatures features(Random random) {
    var counts = new long[TYPES.size()];
    for (var i = 0; i < counts.length; i++) {
      counts[i] = random.nextBoolean() ? 0 : random.nextInt(5);
    }
    return RulesFixture.window(counts);
  }

  private static WindowFeatures more(Random random, WindowFeatures features) {
    var counts = features.counts().clone();
    counts[random.nextInt(counts.length)] += random.nextInt(3);
    return RulesFixture.window(counts);
  }

  private static Map<String, String> profile(Random random) {
    return random.nextInt(3) == 0 ? null : attributes(random);
  }

  private static Map<String, String> attributes(Random random) {
    var attributes = new HashMap<String, String>();
    for (var name : List.of("a", "b", "c")) {
      if (random.nextBoolean()) {
        attributes.put(name, List.of("x", "y", "z").get(random.nextInt(3)));
      }
    }
    return attributes;
  }
}
