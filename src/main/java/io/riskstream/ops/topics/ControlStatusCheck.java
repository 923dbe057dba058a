package io.riskstream.ops.topics;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.RecordPosition;
import io.riskstream.reference.rules.ControlAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the answers in the topic {@code control-status} against the reference model: one to each
 * record of the control topic; a reason's text is no contract.
 */
final class ControlStatusCheck {
  private ControlStatusCheck() {}

  static Findings of(KafkaTopics kafka, String topic, List<ControlAnswer> expected)
      throws IOException {
    var findings = new Findings("control status");
    var answers =
        new ExactSet<RecordPosition, ControlAnswer, JsonNode>(
            findings, ControlStatusCheck::differences);
    for (var answer : expected) {
      var at = answer.coordinates();
      answers.expect(new RecordPosition(at.topic(), at.partition(), at.offset()), answer);
    }
    TopicCheck.read(
        kafka,
        topic,
        findings,
        (message, where, record) -> answers.found(TopicCheck.positionOf(message), message, where));
    answers.finish(always -> true);
    return findings;
  }

  private static List<String> differences(ControlAnswer expected, JsonNode found) {
    var differences = new ArrayList<String>();
    hold(differences, found, "answer", expected.answer());
    if (!expected.answer().equals(ControlAnswer.REFUSED)) {
      hold(differences, found, "kind", expected.kind());
      hold(differences, found, "id", expected.id());
      hold(differences, found, "version", expected.version());
    }
    if (expected.answer().equals(ControlAnswer.ACCEPTED)) {
      hold(differences, found, "effective_from", expected.effectiveFromMillis());
      hold(differences, found, "cut", expected.cutMillis());
      hold(differences, found, "moved", expected.moved());
    }
    return differences;
  }

  private static void hold(
      List<String> differences, JsonNode found, String field, Object expected) {
    var value = found.path(field);
    boolean absent = value.isMissingNode() || value.isNull();
    var text = absent ? null : value.asText();
    if (expected == null ? text != null : !expected.toString().equals(text)) {
      differences.add(Differences.difference(field, expected, text));
    }
  }
}
