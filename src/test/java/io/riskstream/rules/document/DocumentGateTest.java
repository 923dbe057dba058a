package io.riskstream.rules.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.Dimension;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RulesetDocument;
import io.riskstream.rules.RulesFixture;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Answer.Accepted;
import io.riskstream.rules.document.Answer.Refused;
import io.riskstream.rules.document.Answer.Repeated;
import io.riskstream.rules.document.DocumentGate.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentGateTest {
  private static final long BROKER_TIME = 1_767_225_600_000L;
  private static final long EARLIEST = BROKER_TIME + 300_000 + 30_000;
  private static final String DISABLED =
      "{'kind':'rule-disabled','id':'d','version':1,'rule_id':'r','reason':'noisy'}";

  private final DocumentGate gate = gate(TableFiles.NONE);
  private long offset = 7;

  @Test
  void cutIsTheEarliestWhereTheAuthorWishesNothing() throws IOException {
    var accepted = (Accepted) judge(DISABLED);

    assertThat(accepted.gated().cutMillis()).isEqualTo(EARLIEST);
    assertThat(accepted.gated().offset()).isEqualTo(7);
    assertThat(accepted.moved()).isFalse();
    assertThat(accepted.hasCut()).isTrue();
    assertThat(accepted.recordedJson()).isEqualTo(json(DISABLED));
  }

  @Test
  void cutIsWhatTheAuthorWishesWhereThatIsLater() throws IOException {
    var accepted = (Accepted) judge(suppression(EARLIEST + 1));

    assertThat(accepted.gated().cutMillis()).isEqualTo(EARLIEST + 1);
    assertThat(accepted.moved()).isFalse();
  }

  @Test
  void cutInThePastIsMovedAndTheAnswerSaysSo() throws IOException {
    var accepted = (Accepted) judge(suppression(BROKER_TIME - 1));

    assertThat(accepted.gated().cutMillis()).isEqualTo(EARLIEST);
    assertThat(accepted.effectiveFromMillisOrNull()).isEqualTo(BROKER_TIME - 1);
    assertThat(accepted.moved()).isTrue();
  }

  @Test
  void sameContentIsRepeatedHoweverItIsWritten() throws IOException {
    judge(DISABLED);

    assertThat(judge(DISABLED)).isInstanceOf(Repeated.class);
    assertThat(
            judge(
                "{ 'reason': 'noisy', 'rule_id':'r', 'version':1,'id':'d','more':[],"
                    + " 'effective_from':null, 'kind':'rule-disabled'}"))
        .isInstanceOf(Repeated.class);
  }

  @Test
  void anotherContentOfTheSameIdentityIsRefused() throws IOException {
    judge(DISABLED);

    var refused = (Refused) judge(DISABLED.replace("noisy", "loud"));
    assertThat(refused.reason()).contains("accepted before with another content", "version 2");
    assertThat(refused.kindOrNull()).isEqualTo("rule-disabled");
    assertThat(refused.idOrNull()).isEqualTo("d");
    assertThat(refused.versionOrNull()).isEqualTo(1);
    assertThat(judge(DISABLED.replace("'version':1", "'version':2"))).isInstanceOf(Accepted.class);
    assertThat(judge(DISABLED)).isInstanceOf(Repeated.class);
  }

  @Test
  void identityOfARefusedDocumentIsFree() throws IOException {
    assertThat(judge(DISABLED.replace("'rule_id':'r',", ""))).isInstanceOf(Refused.class);

    assertThat(judge(DISABLED)).isInstanceOf(Accepted.class);
  }

  @Test
  void rulesetThatDoesNotCompileIsRefusedWithPlaceAndReason() throws IOException {
    var refused = (Refused) judge(ruleset("score_aftr >= 0.8"));

    assertThat(refused.reason())
        .contains("rule r, condition 1:1: undeclared reference to 'score_aftr'");
    assertThat(refused.line()).isEqualTo(4);
    assertThat(refused.column()).isEqualTo(35);
    assertThat(refused.kindOrNull()).isEqualTo("ruleset");
    assertThat(refused.idOrNull()).isEqualTo("rules");
    assertThat(refused.versionOrNull()).isEqualTo(3);
  }

  @Test
  void rulesetThatCompilesIsAccepted() throws IOException {
    var accepted = (Accepted) judge(ruleset("score_after >= 0.8"));

    assertThat(((RulesetDocument) accepted.gated().document()).ruleset().version()).isEqualTo("v");
  }

  @Test
  void whatIsNoDocumentIsRefusedWithTheReason() throws IOException {
    assertThat(refusal(null)).startsWith("it has no value");
    assertThat(refusal("")).contains("it is empty");
    assertThat(refusal("[]")).contains("no JSON object");
    assertThat(refusal("{'a':1,'a':2}")).contains("it is no JSON").contains("'a'");
    assertThat(refusal("{} {}")).contains("something follows");
    assertThat(refusal("{'kind':'x'")).contains("it is no JSON");
    assertThat(refusal("{'kind':'mood','id':'a','version':1}")).contains("kind is mood");
    assertThat(refusal("{'kind':'dimension','id':'a'}")).contains("version is missing");
    assertThat(refusal("{'kind':'dimension','id':'a','version':1.5}")).contains("no whole number");
    assertThat(refusal("{'kind':'dimension','id':'','version':1}")).contains("id is empty");
    assertThat(refusal("{'kind':" + "[".repeat(100_000))).contains("nests deeper than 30");
    assertThat(refusal("{'kind':'" + "x".repeat(1_100_000) + "'}"))
        .contains("bytes, and the limit");
    assertThat(refusal("{'kind':'suppression','id':'a','version':1,'from':1,'until':2}"))
        .contains("neither user_id nor rule_id");
    assertThat(
            refusal("{'kind':'suppression','id':'a','version':1,'user_id':'u','from':2,'until':2}"))
        .contains("until is not after from");
    assertThat(
            refusal("{'kind':'dimension','id':'a','version':1,'attribute':'x','values':{'a':1}}"))
        .contains("value of a is no text");
    assertThat(refusal(DISABLED.replace("}", ",'effective_from':'today'}"))).contains("is no time");
  }

  @Test
  void hotRebuildPassesWithoutACut() throws IOException {
    var accepted =
        (Accepted)
            judge("{'kind':'hot-rebuild','id':'h','version':1,'requested_at':5,'reason':''}");

    assertThat(accepted.gated().document()).isEqualTo(new HotRebuild("h", 1, 5, "", null, null));
    assertThat(accepted.hasCut()).isFalse();
    assertThat(accepted.moved()).isFalse();
  }

  @Test
  void timesMayBeWrittenAsTexts() throws IOException {
    var accepted =
        (Accepted) judge(DISABLED.replace("}", ",'effective_from':'2026-01-01T02:00:00.5+01:00'}"));

    assertThat(accepted.gated().cutMillis()).isEqualTo(BROKER_TIME + 3_600_500);
  }

  @Test
  void recordsTheValuesOfAFileThatADimensionNames() throws Exception {
    var withFile = gate((path, sha256) -> Map.of("DE", path + sha256));
    var sent =
        json(
            "{'kind':'dimension','id':'region','version':1,'attribute':'country','parquet':'/f',"
                + "'sha256':'ab'}");

    var accepted = (Accepted) withFile.judge(record(sent));
    assertThat(((Dimension) accepted.gated().document()).values())
        .containsExactly(Map.entry("DE", "/fab"));
    assertThat(DocumentJson.decode(accepted.recordedJson().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(accepted.gated().document());
    assertThat(withFile.judge(record(sent))).isInstanceOf(Repeated.class);
    assertThat(withFile.judge(record(sent.replace("\"ab\"", "\"cd\""))))
        .isInstanceOf(Refused.class);
  }

  /** Its values go on to every task as a document, and none could read this one. */
  @Test
  void valueOfAFileThatNoDocumentMayHaveIsARefusal() throws IOException {
    for (var value : List.of("", "x".repeat(257), "a\u0000b")) {
      var file = gate((path, sha256) -> Map.of("DE", value));
      var sent =
          "{'kind':'dimension','id':'region','version':1,'attribute':'country','parquet':'/f',"
              + "'sha256':'ab'}";
      assertThat(file.judge(record(json(sent)))).isInstanceOf(Refused.class);
    }
  }

  @Test
  void fileThatCannotBeReadNowIsNoRefusalAndNothingHasHappened() throws IOException {
    var isAway = new boolean[] {true};
    var sometimes =
        gate(
            (path, sha256) -> {
              if (isAway[0]) {
                throw new IOException("away");
              }
              return Map.of();
            });
    var record =
        record(
            json(
                "{'kind':'dimension','id':'r','version':1,'attribute':'c','parquet':'/f',"
                    + "'sha256':'ab'}"));

    assertThatThrownBy(() -> sometimes.judge(record)).isInstanceOf(IOException.class);
    isAway[0] = false;
    assertThat(sometimes.judge(record)).isInstanceOf(Accepted.class);
  }

  @Test
  void fileThatIsAnotherIsARefusal() throws IOException {
    var wrong =
        gate(
            (path, sha256) -> {
              throw new RulesetException("its SHA-256 is another", 0, 0);
            });

    var answer =
        wrong.judge(
            record(
                json(
                    "{'kind':'dimension','id':'r','version':1,'attribute':'c','parquet':'/f',"
                        + "'sha256':'ab'}")));
    assertThat(((Refused) answer).reason()).isEqualTo("its SHA-256 is another");
  }

  @Test
  void restoredGateRemembers() throws IOException {
    judge(DISABLED);
    judge("{'kind':'hot-rebuild','id':'h','version':1}");
    var restored = gate(TableFiles.NONE);
    restored.unpack(gate.pack());

    assertThat(restored.judge(record(json(DISABLED)))).isInstanceOf(Repeated.class);
    assertThat(restored.judge(record(json(DISABLED.replace("noisy", "loud")))))
        .isInstanceOf(Refused.class);
    assertThat(restored.judge(record(json("{'kind':'hot-rebuild','id':'h','version':1}"))))
        .isInstanceOf(Repeated.class);
    assertThat(restored.pack()).isEqualTo(gate.pack());
  }

  @Test
  void remembersABoundedNumberOfHotRebuilds() throws IOException {
    for (var i = 0; i <= DocumentGate.MOST_REBUILDS; i++) {
      judge("{'kind':'hot-rebuild','id':'h" + i + "','version':1}");
    }

    assertThat(gate.pack()).hasSize(1 + 8 + 32 * DocumentGate.MOST_REBUILDS);
  }

  private static String ruleset(String condition) {
    return "{'kind':'ruleset','id':'rules','version':3,\n'ruleset':{'version':'v',\n'rules':["
        + "\n{'id':'r','on':['a'],'condition':'"
        + condition
        + "'}]}}";
  }

  private static String suppression(long effectiveFrom) {
    return "{'kind':'suppression','id':'s','version':1,'user_id':'u','from':1,'until':2,"
        + "'reason':'','effective_from':"
        + effectiveFrom
        + "}";
  }

  private static DocumentGate gate(TableFiles files) {
    return new DocumentGate(new Settings(300_000, 30_000), RulesFixture.compiler(), files);
  }

  private String refusal(String document) throws IOException {
    return ((Refused) judge(document)).reason();
  }

  private Answer judge(String document) throws IOException {
    return gate.judge(record(document == null ? null : json(document)));
  }

  private ControlRecord record(String json) {
    return new ControlRecord(
        new Coordinates("control", 0, offset++, BROKER_TIME),
        json == null ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String document) {
    return document.replace('\'', '"');
  }
}
