package io.riskstream.cli;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rulesets that are published while the job runs: what is wrong with one is said with its place and
 * harms nothing, what is right is in force from its cut on. The job knows no restart, so that one
 * would end it.
 */
@Timeout(180)
final class PublishedRulesITCase {
  private static final String GOOD =
      """
      version: "mine-1"
      weights: {failed_login: 0.2, page_view: -0.01}
      rules:
        - id: own-score
          on: [failed_login]
          condition: score_after >= 0.4
      """;

  /** A document whose condition stands on line 6; {@code §} is where its problem is. */
  private static final String RULESET =
      """
      {"kind": "ruleset", "id": "rules", "version": %d,
       "ruleset": {
         "version": "bad",
         "rules": [{"id": "bad", "on": ["failed_login"],
           "severity": "high",
           "condition": "%s"}]}}
      """;

  @TempDir private Path folder;

  /** What is refused, and why. */
  private record Bad(String document, int line, int column, String reason) {
    /** A ruleset with this condition, in which {@code §} marks the place. */
    static Bad condition(int version, String marked, String reason) {
      var lines = RULESET.formatted(version, marked).lines().toList();
      return new Bad(
          RULESET.formatted(version, marked.replace("§", "")),
          6,
          lines.get(5).indexOf('§') + 1,
          reason);
    }

    /** The place is the text's quote, not what is in it. */
    Bad atQuote() {
      return new Bad(document, line, column - 1, reason);
    }
  }

  private static final List<Bad> BAD =
      List.of(
          Bad.condition(1, "score_after §> 'much'", "no matching overload for '_>_'"),
          Bad.condition(
              2, "score_after > 0.5 && §velocity > 3", "undeclared reference to 'velocity'"),
          Bad.condition(3, "§true" + " || true".repeat(60_000), "the limit is 16,384").atQuote(),
          Bad.condition(4, "§true" + " || true".repeat(600), "the limit is 4,096"),
          Bad.condition(
              5,
              "(".repeat(32) + "§" + "(".repeat(168) + "true" + ")".repeat(200),
              "deeper than 32"),
          new Bad("[".repeat(100_000), 1, 31, "nests deeper than 30"));

  @Test
  void whatIsWrongIsRefusedWithItsPlaceAndWhatIsRightHoldsFromTheEarliestCutOn() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      RunningPipeline.createInputs(kafka);
      try (var pipeline = RunningPipeline.start(kafka, folder, "job", Map.of())) {
        var control = new ControlLog(pipeline.config().kafka());
        Manifest sent;
        long refusedMillis;
        JsonNode good;
        try (var load = ProfiledLoad.start(pipeline.config(), folder.resolve("sent.ndjson"))) {
          for (var bad : BAD) {
            assertIsRefused(bad, control.awaitAnswer(control.publish(bad.document())));
          }
          refusedMillis = System.currentTimeMillis();
          good = publishGood(pipeline, control);
          var cut = good.path("cut").longValue();
          Await.until("events behind the cut", () -> System.currentTimeMillis() > cut + 2_000);
          sent = load.stop();
        }
        pipeline.drain();

        assertThat(control.answers())
            .filteredOn(answer -> !answer.path("answer").textValue().equals("refused"))
            .containsExactly(good);
        assertIsInForceFromTheCutOn(pipeline, refusedMillis, good.path("cut").longValue());
        pipeline.assertExact(sent);
      }
    }
  }

  private static void assertIsRefused(Bad bad, JsonNode answer) {
    assertThat(answer.path("answer").textValue()).as(answer.toString()).isEqualTo("refused");
    assertThat(answer.path("reason").textValue()).contains(bad.reason());
    assertThat(List.of(answer.path("line").intValue(), answer.path("column").intValue()))
        .as(answer.toString())
        .isEqualTo(List.of(bad.line(), bad.column()));
    assertThat(answer.path("cut").isNull()).isTrue();
  }

  /** As a person does it, who asks for a cut in the past. */
  private JsonNode publishGood(RunningPipeline pipeline, ControlLog control) throws IOException {
    var kafka = pipeline.config().kafka();
    var file = Files.writeString(folder.resolve("good.yaml"), GOOD);
    var run =
        CommandLineRun.of(
            "rules",
            "publish",
            file.toString(),
            "--wait",
            "--effective-from=2020-01-01T00:00:00Z",
            "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "-Dkafka.control-topic=" + kafka.controlTopic(),
            "-Dkafka.control-status-topic=" + kafka.controlStatusTopic(),
            "-Dtime.max-future-skew=" + pipeline.config().time().maxFutureSkew().toMillis() + " ms",
            "-Drules.guard=" + pipeline.config().rules().guard().toMillis() + " ms",
            "-Dlake.path=" + pipeline.config().lake().path(),
            "-Dhot-store.uri=" + pipeline.config().hotStore().uri());
    assertThat(run.status()).as(run.toString()).isZero();

    var published = control.published().get(BAD.size());
    var earliest = published.brokerTimeMillis() + RunningPipeline.cutDelayMillis();
    assertThat(run.lastLine())
        .startsWith(
            "verdict: PASS answer=accepted cut=%s moved=true"
                .formatted(Instant.ofEpochMilli(earliest)));
    var answer = control.awaitAnswer(published.offset());
    assertThat(answer.path("answer").textValue()).isEqualTo("accepted");
    assertThat(answer.path("effective_from").longValue())
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
    assertThat(answer.path("cut").longValue()).isEqualTo(earliest);
    assertThat(answer.path("moved").booleanValue()).isTrue();
    return answer;
  }

  private static void assertIsInForceFromTheCutOn(
      RunningPipeline pipeline, long refusedMillis, long cutMillis) throws Exception {
    var lake = new WrittenLake(pipeline.config());
    assertThat(
            lake.ask(
                "SELECT DISTINCT rules_version FROM {ledger} WHERE event_time < %s ORDER BY 1"
                    .formatted(at(cutMillis))))
        .containsExactly("default-1");
    assertThat(
            lake.count(
                "ledger",
                "event_time BETWEEN %s AND %s".formatted(at(refusedMillis), at(cutMillis))))
        .as("scored by the old ruleset after the refusals")
        .isPositive();
    assertThat(
            lake.ask(
                "SELECT DISTINCT rules_version FROM {ledger} WHERE event_time >= %s ORDER BY 1"
                    .formatted(at(cutMillis))))
        .containsExactly("mine-1");
    assertThat(lake.count("alerts", "rule_id = 'own-score' AND status = 'confirmed'")).isPositive();
  }
}
