package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.failedLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.Coordinates;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the lake is told of updates of profiles: the line is three seconds behind the watermark. */
final class UserProfilesOperatorTest {
  private KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      operator;

  @BeforeEach
  void open() throws Exception {
    operator =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            UserRiskOperators.with(0), UserInput::userId, null, Types.STRING);
    operator.setup();
    operator.open();
    operator.processWatermark2(Watermark.MAX_WATERMARK);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void anUpdateThatIsJoinedIsToldOnceAsItCame() throws Exception {
    var update = update("ann", 1_000);
    operator.processElement1(update, update.timestampMillis());
    assertThat(side(Outputs.PROFILES)).containsExactly(update);
  }

  /** So that a batch over the lake, in which all updates are there in time, joins it no more. */
  @Test
  void oneBehindTheFinalityLineOfAnIdlePartitionIsToldToBeLateAndIsJoinedToNothing()
      throws Exception {
    operator.processWatermark1(new Watermark(START + 10_000));
    for (var millis : List.of(6_999L, 7_000L)) {
      var update = update("user-" + millis, millis);
      operator.processElement1(update, update.timestampMillis());
      var event = failedLogin("user-" + millis, "one", 8_000);
      operator.processElement1(event, event.timestampMillis());
    }
    operator.processWatermark1(new Watermark(START + 20_000));
    assertThat(side(Outputs.PROFILES))
        .extracting(ProfileUpdate::userId, ProfileUpdate::late)
        .containsExactly(tuple("user-6999", true), tuple("user-7000", false));
    assertThat(side(Outputs.LEDGER))
        .extracting(LedgerRow::getUserId, LedgerRow::getProfile)
        .containsExactlyInAnyOrder(
            tuple("user-6999", null), tuple("user-7000", Map.of("tier", "gold")));
  }

  private static ProfileUpdate update(String userId, long millisAfterStart) {
    return new ProfileUpdate(
        userId,
        START + millisAfterStart,
        Map.of("tier", "gold"),
        new Coordinates("user-profiles", 0, 0, START),
        false);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var recorded = operator.getSideOutput(tag);
    return recorded == null ? List.of() : recorded.stream().map(StreamRecord::getValue).toList();
  }
}
