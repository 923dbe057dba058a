package io.riskstream.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.ControlRow;
import io.riskstream.model.Coordinates;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.source.control.RecordedAnswers;
import io.riskstream.testkit.Configs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate's answers as the job gives them; single quotes in documents stand for double ones. */
final class DocumentGateOperatorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BROKER_TIME = 1_767_225_600_000L;

  /** Skew of the test configuration, five minutes, and its guard. */
  private static final long EARLIEST =
      BROKER_TIME + 300_000 + Configs.unreachable().rules().guard().toMillis();

  private static final String OFF =
      "{'kind':'rule-disabled','id':'off','version':1,'rule_id':'r','reason':'%s'}";

  @TempDir private Path folder;

  @Test
  void anAcceptedDocumentGoesOnWithItsCutToTheLakeAndIntoTheAnswers() throws Exception {
    try (var gate = open(null)) {
      judge(gate, 7, OFF.formatted("noise"));
      assertThat(gate.extractOutputValues())
          .containsExactly(
              new GatedDocument(new RuleDisabled("off", 1, null, "r", "noise"), EARLIEST, 7));
      assertThat(side(gate, DocumentGateFunction.ROWS))
          .containsExactly(
              ControlRow.newBuilder()
                  .setKind("rule-disabled")
                  .setId("off")
                  .setVersion(1)
                  .setCut(Instant.ofEpochMilli(EARLIEST))
                  .setDocument(OFF.formatted("noise").replace('\'', '"'))
                  .setTopic("control")
                  .setPartition(0)
                  .setOffset(7L)
                  .setBrokerTime(Instant.ofEpochMilli(BROKER_TIME))
                  .build());
      var status = side(gate, DocumentGateFunction.STATUS).get(0);
      assertThat(status.topic()).isEqualTo("control-status");
      assertThat(new String(status.key(), StandardCharsets.UTF_8)).isEqualTo("control-0-7");
      assertThat(new String(status.value(), StandardCharsets.UTF_8))
          .isEqualTo(
              ("{'kind':'rule-disabled','id':'off','version':1,'answer':'accepted','reason':null,"
                      + "'line':null,'column':null,'effective_from':null,'cut':%d,'moved':false,"
                      + "'topic':'control','partition':0,'offset':7}")
                  .replace('\'', '"')
                  .formatted(EARLIEST));
    }
  }

  @Test
  void aCutInThePastIsMovedAndTheAnswerSaysSo() throws Exception {
    try (var gate = open(null)) {
      var wish = "{'kind':'rule-disabled','id':'%s','version':1,'rule_id':'r','effective_from':%d}";
      judge(gate, 0, wish.formatted("past", BROKER_TIME - 1));
      judge(gate, 1, wish.formatted("future", EARLIEST + 1));
      assertThat(answers(gate))
          .extracting(
              answer -> answer.get("effective_from").asLong(),
              answer -> answer.get("cut").asLong(),
              answer -> answer.get("moved").asBoolean())
          .containsExactly(
              tuple(BROKER_TIME - 1, EARLIEST, true), tuple(EARLIEST + 1, EARLIEST + 1, false));
      assertThat(gate.extractOutputValues())
          .extracting(GatedDocument::cutMillis)
          .containsExactly(EARLIEST, EARLIEST + 1);
    }
  }

  @Test
  void aRebuildIsAcceptedWithoutACut() throws Exception {
    try (var gate = open(null)) {
      judge(gate, 3, "{'kind':'hot-rebuild','id':'now','version':1,'requested_at':5,'reason':'x'}");
      assertThat(gate.extractOutputValues())
          .containsExactly(
              new GatedDocument(new HotRebuild("now", 1, 5, "x", null, null), Long.MIN_VALUE, 3));
      assertThat(side(gate, DocumentGateFunction.ROWS).get(0).getCut()).isNull();
      assertThat(answers(gate).get(0).get("cut").isNull()).isTrue();
    }
  }

  @Test
  void whatIsNoDocumentIsRefusedWithItsPlaceAndChangesNothing() throws Exception {
    try (var gate = open(null)) {
      gate.processElement(new ControlRecord(at(0), null), 0);
      judge(gate, 1, "{'kind':");
      judge(
          gate,
          2,
          "{'kind':'ruleset','id':'r','version':1,'ruleset':{'version':'v','rules':["
              + "{'id':'a','on':['t'],'condition':'event.nothing > 1'}]}}");
      assertThat(gate.extractOutputValues()).isEmpty();
      assertThat(side(gate, DocumentGateFunction.ROWS)).isEmpty();
      assertThat(answers(gate))
          .extracting(answer -> answer.get("answer").asText(), answer -> answer.get("id").asText())
          .containsExactly(
              tuple("refused", "null"), tuple("refused", "null"), tuple("refused", "r"));
      assertThat(answers(gate).get(2).get("reason").asText()).contains("undeclared reference");
      assertThat(answers(gate).get(2).get("line").asInt()).isEqualTo(1);
      assertThat(answers(gate).get(2).get("column").asInt()).isPositive();
    }
  }

  @Test
  void aRepetitionIsKnownOverARestoreAndSoIsAnotherContent() throws Exception {
    OperatorSubtaskState state;
    try (var gate = open(null)) {
      judge(gate, 0, OFF.formatted("noise"));
      judge(gate, 1, OFF.formatted("noise"));
      assertThat(answers(gate))
          .extracting(answer -> answer.get("answer").asText())
          .containsExactly("accepted", "repeated");
      state = gate.snapshot(1, 1);
    }
    try (var restored = open(state)) {
      judge(restored, 2, OFF.formatted("noise"));
      judge(restored, 3, OFF.formatted("something else"));
      assertThat(answers(restored))
          .extracting(answer -> answer.get("answer").asText())
          .containsExactly("repeated", "refused");
      assertThat(restored.extractOutputValues()).isEmpty();
      assertThat(side(restored, DocumentGateFunction.ROWS)).isEmpty();
    }
  }

  /** A job without the state of the one before it, of another guard and with one more window. */
  @Test
  void whatWasAnsweredBeforeIsKeptToAndNotAnsweredAgain() throws Exception {
    var rules =
        "{'kind':'ruleset','id':'r','version':1,'ruleset':{'version':'v','rules':["
            + "{'id':'a','window':'2m/1m','condition':'count > 1'}]}}";
    var documents = List.of(OFF.formatted("noise"), rules, OFF.formatted("noise"));
    var statuses = new ArrayList<byte[]>();
    try (var gate = open(null)) {
      judge(gate, documents);
      assertThat(answers(gate))
          .extracting(answer -> answer.get("answer").asText())
          .containsExactly("accepted", "refused", "repeated");
      side(gate, DocumentGateFunction.STATUS).forEach(status -> statuses.add(status.value()));
    }
    var other =
        ConfigLoader.load(
            null,
            Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "lake.path", "file:///no-lake",
                "hot-store.uri", "redis://127.0.0.1:1",
                "rules.guard", "1 h",
                "windows.live", "5m/1m, 2m/1m"));
    try (var gate = open(null, other, new Answered(statuses))) {
      judge(gate, documents);
      assertThat(gate.extractOutputValues())
          .containsExactly(
              new GatedDocument(new RuleDisabled("off", 1, null, "r", "noise"), EARLIEST, 0));
      assertThat(side(gate, DocumentGateFunction.ROWS))
          .extracting(ControlRow::getCut)
          .containsExactly(Instant.ofEpochMilli(EARLIEST));
      assertThat(answers(gate)).isEmpty();

      judge(gate, 3, OFF.formatted("noise"));
      judge(gate, 4, rules);
      assertThat(answers(gate))
          .extracting(answer -> answer.get("answer").asText(), answer -> answer.get("cut").asLong())
          .containsExactly(
              tuple("repeated", 0L),
              tuple("accepted", BROKER_TIME + 300_000 + Duration.ofHours(1).toMillis()));
    }
  }

  @Test
  void whatWasAcceptedAndCannotBeUsedAnyMoreIsNotPassedOver() throws Exception {
    var statuses = new ArrayList<byte[]>();
    try (var gate = open(null)) {
      judge(gate, 0, OFF.formatted("noise"));
      side(gate, DocumentGateFunction.STATUS).forEach(status -> statuses.add(status.value()));
    }
    try (var gate = open(null, Configs.unreachable(), new Answered(statuses))) {
      assertThatThrownBy(() -> judge(gate, 0, "no document"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("document control-0@0 was accepted, and cannot be used any more");
    }
  }

  /** Reading the memory of a process at 0 fails as storage may; then nothing is decided yet. */
  @Test
  void storageThatFailsFailsTheJobAndAMissingFileIsRefused() throws Exception {
    var trouble = "/proc/self/mem";
    var dimension =
        "{'kind':'dimension','id':'region','version':1,'attribute':'country','parquet':'%s',"
            + "'sha256':'"
            + "0".repeat(64)
            + "'}";
    try (var gate = open(null)) {
      assertThatThrownBy(() -> judge(gate, 0, dimension.formatted(trouble)))
          .isInstanceOf(IOException.class);
      assertThat(side(gate, DocumentGateFunction.STATUS)).isEmpty();
      judge(gate, 0, dimension.formatted(folder.resolve("absent")));
      assertThat(answers(gate).get(0).get("reason").asText()).contains("does not exist");
    }
  }

  private static void judge(
      OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> gate, List<String> documents)
      throws Exception {
    for (var offset = 0; offset < documents.size(); offset++) {
      judge(gate, offset, documents.get(offset));
    }
  }

  private static void judge(
      OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> gate,
      long offset,
      String document)
      throws Exception {
    var value = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    gate.processElement(new ControlRecord(at(offset), value), 0);
  }

  private static Coordinates at(long offset) {
    return new Coordinates("control", 0, offset, BROKER_TIME);
  }

  private static List<JsonNode> answers(
      OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> gate) throws IOException {
    var answers = new ArrayList<JsonNode>();
    for (OutgoingRecord status : side(gate, DocumentGateFunction.STATUS)) {
      answers.add(JSON.readTree(status.value()));
    }
    return answers;
  }

  private static <T> List<T> side(
      OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> gate, OutputTag<T> tag) {
    var recorded = gate.getSideOutput(tag);
    return recorded == null
        ? List.of()
        : recorded.stream().map(element -> element.getValue()).toList();
  }

  private static OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> open(
      OperatorSubtaskState state) throws Exception {
    return open(state, Configs.unreachable(), DocumentHistory.NONE);
  }

  private static OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument> open(
      OperatorSubtaskState state, RiskstreamConfig config, DocumentHistory history)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<ControlRecord, GatedDocument>(
            new ProcessOperator<>(new DocumentGateFunction(config, history)));
    harness.setup(new GatedDocumentSerializer());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  /** The topic of answers as it is when the gate starts. */
  private record Answered(ArrayList<byte[]> statuses) implements DocumentHistory {
    @Override
    public List<GatedDocument> read() {
      throw new UnsupportedOperationException("only tasks that judge events ask for it");
    }

    @Override
    public RecordedAnswers answers() {
      try {
        return RecordedAnswers.of("control", statuses);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
  }
}
