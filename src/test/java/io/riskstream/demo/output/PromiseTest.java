package io.riskstream.demo.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.model.AlertStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the job's messages prove, and how they are shown. */
class PromiseTest {
  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();

  private final AlertLog alerts = new AlertLog();
  private final DocumentLog documents = new DocumentLog();

  @Test
  void aRulesetThatNoAlertNamesIsUnprovenAlsoIfItsDocumentWasAccepted() throws Exception {
    var promise = new Promise("load-1", false);
    documents.add(answer("accepted", "ruleset", 1, 0, NOON));
    alerts.add(alert("raised", "default-1"));

    assertThat(promise.unproven(alerts, documents))
        .containsExactly(
            "ruleset load-1 was published, but no alert names it (answers to documents:"
                + " accepted 1)");

    alerts.add(alert("raised", "load-1"));
    assertThat(promise.unproven(alerts, documents)).isEmpty();
  }

  @Test
  void aWithdrawalThatDidNotComeIsUnproven() throws Exception {
    var promise = new Promise(null, true);
    alerts.add(alert("raised", "default-1"));
    alerts.add(alert("confirmed", "default-1"));

    assertThat(promise.unproven(alerts, documents))
        .containsExactly(
            "no alert was withdrawn (alerts: raised 1  amended 0  confirmed 1  withdrawn 0)");

    alerts.add(alert("withdrawn", "default-1"));
    assertThat(promise.unproven(alerts, documents)).isEmpty();
    assertThat(alerts.count(AlertStatus.withdrawn)).isEqualTo(1);
  }

  @Test
  void nothingIsUnprovenWhereNothingWasPromised() {
    assertThat(Promise.NONE.unproven(alerts, documents)).isEmpty();
    assertThat(documents.line()).isEqualTo("none");
  }

  @Test
  void theRulesetInForceIsTheOneOfTheGreatestCutThatHasCome() throws Exception {
    documents.add(answer("accepted", "ruleset", 1, 5, NOON + 1_000));
    documents.add(answer("refused", "ruleset", 2, 6, NOON));
    documents.add(answer("accepted", "dimension", 9, 7, NOON));
    documents.add(answer("accepted", "ruleset", 3, 8, NOON + 2_000));
    documents.add(answer("accepted", "ruleset", 4, 9, NOON + 2_000));

    assertThat(documents.rulesetAt(NOON)).isEqualTo("default-1, from 12:00:01.000 on doc v1");
    assertThat(documents.rulesetAt(NOON + 1_000))
        .isEqualTo("doc v1 since 12:00:01.000, from 12:00:02.000 on doc v4");
    assertThat(documents.rulesetAt(NOON + 2_000)).isEqualTo("doc v4 since 12:00:02.000");
    assertThat(documents.answered()).isEqualTo(5);
    assertThat(documents.line()).isEqualTo("accepted 4  refused 1");
  }

  private static JsonNode alert(String status, String rulesVersion) throws JsonProcessingException {
    return json("{'status':'%s','rules_version':'%s'}".formatted(status, rulesVersion));
  }

  private static JsonNode answer(String answer, String kind, int version, long offset, long cut)
      throws JsonProcessingException {
    return json(
        "{'answer':'%s','kind':'%s','id':'doc','version':%d,'offset':%d,'cut':%d}"
            .formatted(answer, kind, version, offset, cut));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
