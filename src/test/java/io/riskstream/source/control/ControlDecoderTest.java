package io.riskstream.source.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.pipeline.type.StreamTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a control document must say, and what may stand beside it. */
class ControlDecoderTest {
  @Test
  void readsADocumentWithAllItsFields() throws Exception {
    assertThat(
            decode(
                "{'kind':'hot-rebuild','id':'a','version':1,'requested_at':7,'reason':'r',"
                    + "'subtask':2,'parallelism':4}"))
        .isEqualTo(new HotRebuild("a", 1, 7, "r", 2, 4));
  }

  @Test
  void readsADocumentWithoutHintsAndWithFieldsItDoesNotKnow() throws Exception {
    assertThat(decode("{'kind':'hot-rebuild','id':'a','version':1,'subtask':null,'later':[1]}"))
        .isEqualTo(new HotRebuild("a", 1, 0, "", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'kind':                                          | it is no JSON
          {} {}                                             | it is no JSON
          [1]                                               | it is no JSON object
          {'id':'a','version':1}                            | kind must be a text
          {'kind':'ruleset','id':'a','version':1}           | kind is ruleset, and this release knows only
          {'kind':'hot-rebuild','version':1}                | id must be a text
          {'kind':'hot-rebuild','id':'','version':1}        | id must be a text
          {'kind':'hot-rebuild','id':'a'}                   | version must be a whole number
          {'kind':'hot-rebuild','id':'a','version':-1}      | version must be a whole number of 0 or more
          {'kind':'hot-rebuild','id':'a','version':1,'subtask':'x'} | subtask must be a whole number
          """,
      quoteCharacter = '`')
  void refusesWhatIsNoneAndSaysWhy(String document, String reason) {
    assertThatThrownBy(() -> decode(document))
        .isInstanceOf(ControlRefusal.class)
        .hasMessageContaining(reason);
  }

  /** Beyond 65,535 bytes it could not be handed on inside the job. */
  @ParameterizedTest
  @ValueSource(strings = {"id", "reason"})
  void refusesATextThatIsTooLongAndTakesTheLongest(String field) throws Exception {
    var document = "{'kind':'hot-rebuild','version':1,'id':'a','%s':'%s'}";
    var longest = "€".repeat(HotRebuild.LONGEST_TEXT);
    var type = StreamTypes.CONTROL_DOCUMENT.createSerializer(new SerializerConfigImpl());
    type.serialize(decode(document.formatted(field, longest)), new DataOutputSerializer(64));
    for (var tooLong : List.of(longest + "x", "x".repeat(70_000))) {
      assertThatThrownBy(() -> decode(document.formatted(field, tooLong)))
          .isInstanceOf(ControlRefusal.class)
          .hasMessage(field + " is longer than 1000 characters");
    }
  }

  @Test
  void refusesARecordWithoutAValue() {
    assertThatThrownBy(() -> ControlDecoder.decode(null)).hasMessage("it has no value");
  }

  private static ControlDocument decode(String withSingleQuotes) throws ControlRefusal {
    return ControlDecoder.decode(
        withSingleQuotes.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
