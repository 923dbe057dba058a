package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventTypes;
import io.riskstream.model.WindowSpec;
import io.riskstream.reference.rules.ControlAnswer;
import io.riskstream.reference.rules.ControlGate;
import io.riskstream.reference.rules.DimensionFiles;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import io.riskstream.rules.document.TableFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The job's gate of documents and the reference model's, written apart, answer alike to documents
 * of every kind in which any one value is another, and to conditions good and bad.
 */
class DocumentGatesAgreeTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final WindowSpec WINDOW = new WindowSpec("5m/1m", 300_000, 60_000);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> DOCUMENTS =
      List.of(
          """
          {"kind":"ruleset","id":"r","version":1,"effective_from":1767268900000,"ruleset":{
           "version":"r-1","weights":{"failed_login":0.1,"b":-0.05},
           "clamps":{"floor":0.1,"ceiling":0.9},
           "levels":[{"name":"low","from":0},{"name":"medium","from":0.3},{"name":"high","from":0.8}],
           "rules":[
            {"id":"e","on":["failed_login"],"condition":"score_after >= 0.8","severity":"high",
             "cool-down":"10m","mode":"deliver","description":"why","runbook":"https://example.org"},
            {"id":"w","window":"5m/1m","condition":"count > 100"}]}}""",
          """
          {"kind":"rule-disabled","id":"d","version":1,"effective_from":1767268900000,
           "rule_id":"e","reason":"noise"}""",
          """
          {"kind":"suppression","id":"s","version":1,"effective_from":1767268900000,"user_id":"u",
           "rule_id":"e","from":1767268800000,"until":1767268900000,"reason":"test"}""",
          """
          {"kind":"dimension","id":"region","version":1,"effective_from":1767268900000,
           "attribute":"country","values":{"AT":"eu","US":"na"}}""",
          """
          {"kind":"hot-rebuild","id":"h","version":1,"requested_at":1767268800000,"reason":"why",
           "subtask":null,"parallelism":null}""");

  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"5m\"",
          "\"5 m\"",
          "\"0s\"",
          "\"-5m\"",
          "\"1d\"",
          "\"1500ms\"",
          "\"1h30m\"",
          "\"low\"",
          "\"shadow\"",
          "\"critical\"",
          "\"2026-01-01T13:00:00+01:00\"",
          "\"2026-01-01\"",
          "\"1\"",
          "0",
          "1",
          "-1",
          "1.0",
          "0.5",
          "0.000001",
          "0.0000001",
          "0.1000000",
          "1e-1",
          "1.5",
          "1e3",
          "1e300",
          "2147483648",
          "9223372036854775808",
          "true",
          "[]",
          "{}",
          "[\"x\"]",
          "[1]",
          "{\"x\":1}",
          "{\"x\":\"y\"}");

  private static final List<String> CONDITIONS =
      List.of(
          "true",
          "1",
          "score_after",
          "score_after >",
          "score_after > 1",
          "score_after >= 0.8 && event.value > 10.0",
          "double(event.timestamp.getHours()) > 3.0",
          "event.properties.ip == 'x'",
          "event.properties['ip'].startsWith('10.')",
          "event.properties.exists(k, k == 'ip')",
          "has(event.properties.ip)",
          "has(event.value)",
          "event.nothing == 1",
          "event",
          "event == event",
          "event['id'] == 'x'",
          "profile.tier == 'gold' && has_profile",
          "dimensions['region'] in ['eu', 'na']",
          "event.id.matches('^a+$')",
          "event.timestamp > timestamp('2026-01-01T00:00:00Z')",
          "event.timestamp - duration('1h') > timestamp(0)",
          "count > 1",
          "counts['a'] > 1",
          "size(event.session_id) == 0 ? true : false",
          "score_before",
          "[1, 2].all(x, x > 0)",
          "{'a': 1}.a == 1",
          "1 == 1.0",
          "dyn(1) == 1.0",
          "'a' + 1 == 'b'",
          "int(score_after) == 1",
          "string(event.value) == '1'",
          "b'a' == b'a'",
          "null == null",
          "type(score_after) == double",
          "math.greatest(1, 2) == 2",
          "event.id.lowerAscii() == 'x'",
          "event.id.contains('x') // comment",
          "true\n&& true",
          "!!!!true",
          "-(-1) == 1",
          "optional.none() == optional.none()",
          "cel.bind(x, 1, x == 1)",
          "true || 1/0 == 1",
          "timestamp(1) == 1",
          "session.start == session.end",
          "window.start",
          "google.protobuf.Timestamp{seconds: 1} == event.timestamp",
          "a.b.c",
          "",
          " ",
          "`x`");

  @Test
  void inWhateverOneValueIsAnother() throws Exception {
    var told = new ArrayList<String>();
    for (var document : DOCUMENTS) {
      told.add(document);
      change(JSON.readTree(document), told);
    }
    assertThat(disagreements(told)).isEmpty();
    assertThat(told).hasSizeGreaterThan(1_500);
  }

  @Test
  void inWhatCompiles() throws Exception {
    var told = new ArrayList<String>();
    for (var condition : CONDITIONS) {
      told.add(withCondition(condition, 0));
      told.add(withCondition(condition, 1));
    }
    told.add(withCondition("true" + " && true".repeat(600), 0));
    told.add(withCondition("count > 1" + " ".repeat(4_087), 1));
    told.add(withCondition("count > 1" + " ".repeat(4_088), 1));
    told.add(withCondition("1" + "+1".repeat(100) + " == 1", 0));
    for (int depth = 28; depth < 36; depth++) {
      told.add(withCondition("(".repeat(depth) + "true" + ")".repeat(depth), 0));
      told.add(withCondition("[".repeat(depth) + "]".repeat(depth) + " == []", 0));
      told.add(withCondition("1" + "+1".repeat(depth) + " == 1", 0));
      told.add(withCondition("true ? true : ".repeat(depth) + "true", 0));
      told.add(withCondition("size([1])" + " + size([1])".repeat(depth) + " == 1", 0));
      told.add(withCondition("!(".repeat(depth) + "true" + ")".repeat(depth), 0));
      told.add(withCondition("event.id == '" + "(".repeat(depth) + "'", 0));
      told.add(
          withCondition(
              "[1].exists(a, a == " + "(".repeat(depth) + "1" + ")".repeat(depth + 1), 0));
    }
    for (int nodes = 240; nodes < 252; nodes++) {
      told.add(withCondition("count in [" + "1,".repeat(2 * nodes) + "1]", 1));
      told.add(withCondition("true" + " && true".repeat(nodes), 1));
    }
    told.add(withCondition("count in [" + "1,".repeat(495) + "1]", 1));
    told.add(withCondition("count in [" + "1,".repeat(600) + "1]", 1));
    told.add(withCondition("[".repeat(40) + "]".repeat(40) + " == []", 1));
    assertThat(disagreements(told)).isEmpty();
  }

  @Test
  void inWhatComesAgain() throws Exception {
    var gate = gate();
    var reference = reference();
    var again = new ArrayList<String>();
    for (var document : DOCUMENTS) {
      again.add(document);
      again.add(JSON.readTree(document).toString());
      again.add(document.replace("{\"kind\"", "{\"unknown\":1,\"kind\""));
      again.add(document.replace("1767268900000", "\"2026-01-01T12:01:40Z\""));
      again.add(document.replace("1767268900000", "1767268900001"));
      again.add(document.replace("\"reason\":\"", "\"reason\":\"not "));
      again.add(document.replace("0.1,", "0.10,"));
      again.add(document.replace(",\"mode\":\"deliver\"", ""));
      again.add(document.replace("\"version\":1,", "\"version\":2,"));
    }
    var problems = new ArrayList<String>();
    for (int offset = 0; offset < again.size(); offset++) {
      compare(gate, reference, again.get(offset), offset, problems);
    }
    assertThat(problems).isEmpty();
  }

  private static String withCondition(String condition, int rule) throws Exception {
    var document = JSON.readTree(DOCUMENTS.get(0));
    ((ObjectNode) document.path("ruleset").path("rules").get(rule)).put("condition", condition);
    return document.toString();
  }

  /** Adds the document once for each of its values and each other value in its place. */
  private static void change(JsonNode document, List<String> told) throws Exception {
    changeBelow(document, document, told);
  }

  private static void changeBelow(JsonNode root, JsonNode at, List<String> told) throws Exception {
    if (at instanceof ObjectNode object) {
      for (var name : object.properties().stream().map(java.util.Map.Entry::getKey).toList()) {
        var value = object.get(name);
        for (var other : VALUES) {
          object.set(name, JSON.readTree(other));
          told.add(root.toString());
        }
        object.remove(name);
        told.add(root.toString());
        object.set(name, value);
        changeBelow(root, value, told);
      }
      object.put("unknown", 1);
      told.add(root.toString());
      object.remove("unknown");
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        var value = array.get(i);
        for (var other : VALUES) {
          array.set(i, JSON.readTree(other));
          told.add(root.toString());
        }
        array.set(i, value);
        changeBelow(root, value, told);
      }
    }
  }

  private static List<String> disagreements(List<String> told) throws Exception {
    var problems = new ArrayList<String>();
    for (var document : told) {
      compare(gate(), reference(), document, 0, problems);
    }
    return problems;
  }

  private static void compare(
      DocumentGate gate, ControlGate reference, String document, long offset, List<String> problems)
      throws Exception {
    var record =
        new ControlRecord(
            new Coordinates("control", 0, offset, NOON), document.getBytes(StandardCharsets.UTF_8));
    var found = shown(gate.judge(record));
    reference.judge(List.of(record));
    var answers = reference.answers();
    var expected = shown(answers.get(answers.size() - 1));
    if (!found.startsWith(expected)) {
      problems.add("reference %s, gate %s: %s".formatted(expected, found, document));
    }
  }

  private static String shown(Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      return "accepted %s moved %s"
          .formatted(accepted.hasCut() ? accepted.gated().cutMillis() : null, accepted.moved());
    }
    return answer instanceof Answer.Refused refused ? "refused " + refused.reason() : "repeated";
  }

  private static String shown(ControlAnswer answer) {
    return answer.answer().equals(ControlAnswer.ACCEPTED)
        ? "accepted %s moved %s".formatted(answer.cutMillis(), answer.moved())
        : answer.answer();
  }

  private static DocumentGate gate() {
    return new DocumentGate(
        new DocumentGate.Settings(300_000, 30_000),
        new RuleCompiler(List.of(WINDOW), new EventTypes(List.of("failed_login"))),
        TableFiles.NONE);
  }

  private static ControlGate reference() throws Exception {
    return new ControlGate(Set.of(WINDOW.name()), null, 330_000, DimensionFiles.NONE);
  }
}
