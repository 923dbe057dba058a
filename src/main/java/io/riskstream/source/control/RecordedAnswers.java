package io.riskstream.source.control;

import io.riskstream.model.ControlRecord;
import io.riskstream.model.GatedDocument;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answers that the topic of answers has to the records of one control topic. Each of them
 * holds, whatever the configuration or a file that a document names says by now.
 */
public final class RecordedAnswers {
  private final Map<Long, RecordedAnswer> byOffset;

  private RecordedAnswers(Map<Long, RecordedAnswer> byOffset) {
    this.byOffset = byOffset;
  }

  /** Returns that nothing was answered. */
  public static RecordedAnswers none() {
    return new RecordedAnswers(Map.of());
  }

  /**
   * Reads answers, of which the last to a record counts.
   *
   * @param topic of the records
   * @param statuses all that the topic of answers holds, in its order
   * @throws IOException if it holds something else
   */
  public static RecordedAnswers of(String topic, List<byte[]> statuses) throws IOException {
    var byOffset = new HashMap<Long, RecordedAnswer>();
    for (var status : statuses) {
      if (status == null) {
        throw new IOException("a record of it has no value");
      }
      var answer = RecordedAnswer.of(status);
      if (answer.topic().equals(topic)) {
        byOffset.put(answer.offset(), answer);
      }
    }
    return new RecordedAnswers(byOffset);
  }

  /** Returns whether there is an answer to the record. */
  public boolean hasAnswerTo(ControlRecord document) {
    return byOffset.containsKey(document.coordinates().offset());
  }

  /**
   * Takes up the answer that was given to a record: what was accepted is known to the gate from now
   * on and has the cut that was recorded; all else changes nothing.
   *
   * @throws IOException if what was accepted cannot be used any more
   */
  public Optional<Answer.Accepted> keepTo(ControlRecord document, DocumentGate gate)
      throws IOException {
    var answer = byOffset.get(document.coordinates().offset());
    if (!answer.accepted()) {
      return Optional.empty();
    }
    var judged = gate.judge(document);
    if (judged instanceof Answer.Accepted accepted) {
      return Optional.of(
          new Answer.Accepted(
              new GatedDocument(accepted.gated().document(), answer.cutMillis(), answer.offset()),
              accepted.recordedJson(),
              accepted.effectiveFromMillisOrNull()));
    }
    var why = judged instanceof Answer.Refused refused ? refused.reason() : "it comes twice";
    throw new IOException(
        ("document %s-0@%d was accepted, and cannot be used any more: %s; see to it that it can,"
                + " as events may have been judged by it")
            .formatted(answer.topic(), answer.offset(), why));
  }
}
