package io.riskstream.pipeline.breaker;

import static io.riskstream.testkit.running.WrittenLake.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.manifest.Manifest;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.running.ControlLog;
import io.riskstream.testkit.running.ProfiledLoad;
import io.riskstream.testkit.running.RunningPipeline;
import io.riskstream.testkit.running.WrittenLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rule that fails for some users and one that fires on every event are stopped while the job
 * runs; nothing else is changed by it, and a replay of the topics confirms the same alerts.
 */
@Timeout(180)
final class BreakerITCase {
  private static final String RULES =
      """
      version: shaky-1
      weights: {failed_login: 0.1, successful_login: -0.05}
      rules:
        - id: high-score
          on: [failed_login, successful_login]
          condition: score_after >= 0.8
          severity: high
        - id: busy
          window: 5m/1m
          condition: '"failed_login" in counts && size(types) > 3 && count > 80'
        - id: fails
          on: [page_view, ad_impression, failed_login]
          condition: 'profile["country"] == "DE"'
        - id: floods
          on: [page_view, ad_impression, failed_login]
          condition: event.id != ""
          cool-down: 1s
      """;
  private static final String CONFIRMED =
      "SELECT to_json(a)::VARCHAR FROM (SELECT * EXCLUDE (revision, code_version) FROM {alerts}"
          + " WHERE status = 'confirmed') a ORDER BY 1";

  @TempDir private Path folder;

  @Test
  void bothAreStoppedAllElseIsExactAndAReplayConfirmsTheSame() throws Exception {
    var rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    var keys =
        Map.of(
            "rules.initial", rules.toString(),
            "rules.breaker.errors", "30",
            "rules.breaker.triggers", "150");
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      RunningPipeline.createInputs(kafka);
      Manifest sent;
      List<JsonNode> accepted;
      List<String> confirmed;
      int published;
      try (var pipeline = RunningPipeline.start(kafka, folder, "first", keys)) {
        var control = new ControlLog(pipeline.config().kafka());
        try (var load = ProfiledLoad.start(pipeline.config(), folder.resolve("sent.ndjson"))) {
          Await.until("both rules are stopped", () -> accepted(control).size() == 2);
          accepted = accepted(control);
          var lastCut = Math.max(cut(accepted.get(0)), cut(accepted.get(1)));
          Await.until("events behind the cuts", () -> System.currentTimeMillis() > lastCut + 2_000);
          sent = load.stop();
        }
        pipeline.drain();

        assertAreOfTheBreaker(control, accepted);
        pipeline.assertExact(sent);
        var lake = new WrittenLake(pipeline.config());
        for (var document : accepted) {
          assertIsJudgedUpToTheCut(lake, document);
        }
        assertThat(lake.count("alerts", "rule_id = 'busy' AND status = 'confirmed'")).isPositive();
        confirmed = lake.ask(CONFIRMED);
        published = control.published().size();
      }
      try (var replay = RunningPipeline.start(kafka, folder, "replay", keys)) {
        var control = new ControlLog(replay.config().kafka());
        Await.until("its breaker opens too", () -> idsBehind(control, published).size() == 2);
        replay.drain();

        assertAreOfTheBreaker(control, accepted);
        replay.assertExact(sent);
        assertThat(new WrittenLake(replay.config()).ask(CONFIRMED))
            .isEqualTo(confirmed)
            .hasSizeGreaterThan(100);
      }
    }
  }

  private static List<JsonNode> accepted(ControlLog control) {
    return control.answers().stream()
        .filter(answer -> answer.path("answer").textValue().equals("accepted"))
        .toList();
  }

  private static long cut(JsonNode answer) {
    return answer.path("cut").longValue();
  }

  private static Set<String> idsBehind(ControlLog control, int records) {
    return control.published().stream()
        .skip(records)
        .map(published -> published.document().path("id").textValue())
        .collect(Collectors.toSet());
  }

  /** One document a rule, in force as soon as can be; what came of other tasks says the same. */
  private static void assertAreOfTheBreaker(ControlLog control, List<JsonNode> accepted) {
    assertThat(accepted(control)).isEqualTo(accepted);
    assertThat(accepted)
        .extracting(answer -> answer.path("id").textValue())
        .containsExactlyInAnyOrder("breaker:fails", "breaker:floods");
    var published = control.published();
    for (var answer : accepted) {
      var document = published.get((int) answer.path("offset").longValue());
      assertThat(document.document().path("kind").textValue()).isEqualTo("rule-disabled");
      assertThat(cut(answer))
          .isEqualTo(document.brokerTimeMillis() + RunningPipeline.cutDelayMillis());
    }
    assertThat(idsBehind(control, 0)).containsOnly("breaker:fails", "breaker:floods");
    assertThat(control.answers())
        .extracting(answer -> answer.path("answer").textValue())
        .containsOnly("accepted", "repeated")
        .filteredOn("accepted"::equals)
        .hasSize(2);
  }

  private static void assertIsJudgedUpToTheCut(WrittenLake lake, JsonNode answer)
      throws SQLException {
    var rule = answer.path("id").textValue().substring("breaker:".length());
    var cut = at(cut(answer));
    assertThat(lake.count("alerts", "rule_id = '%s' AND event_time < %s".formatted(rule, cut)))
        .as("alerts of %s before its cut", rule)
        .isPositive();
    assertThat(lake.count("alerts", "rule_id = '%s' AND event_time >= %s".formatted(rule, cut)))
        .as("alerts of %s behind its cut", rule)
        .isZero();
    assertThat(
            lake.count(
                "events",
                "event_type IN ('page_view', 'ad_impression') AND NOT late AND \"timestamp\" > "
                    + cut))
        .as("events behind it that the rule would look at")
        .isGreaterThan(100);
  }
}
