package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The ways to spoil an event, taken together. */
class MalformationTest {
  private static final EventDraft EVENT =
      new EventDraft("e-1", "u", "page_view", "1767225600000", "", "\"ip\":\"192.0.2.1\"");

  @Test
  void coverEveryReasonButTheOneThatNeedsAHistory() {
    var covered =
        Arrays.stream(Malformation.values())
            .map(Malformation::reason)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(RejectionReason.class)));

    assertThat(EnumSet.complementOf(covered))
        .containsExactly(RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void spoilIntoBytesOfTheirOwn() {
    var spoiled = Arrays.stream(Malformation.values()).map(m -> m.spoil(EVENT)).toList();

    assertThat(spoiled).doesNotHaveDuplicates().noneMatch(v -> Arrays.equals(v, EVENT.bytes()));
  }

  @Test
  void tooLargeIsByOneByte() {
    assertThat(Malformation.ONE_BYTE_TOO_LARGE.spoil(EVENT)).hasSize(Limits.RECORD_BYTES + 1);
  }
}
