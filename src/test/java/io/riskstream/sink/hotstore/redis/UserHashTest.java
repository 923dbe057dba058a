package io.riskstream.sink.hotstore.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserSnapshot;
import org.junit.jupiter.api.Test;

/** The hash that other services read, field by field. */
class UserHashTest {
  private static final SnapshotVersion VERSION = new SnapshotVersion(2, 345, 1_767_225_000_000L, 6);

  @Test
  void namesKeyAndFieldsAsTheContractDoes() {
    var snapshot =
        new UserSnapshot(
            "anna", 50_000, "low", false, 7, 10, 20, "default-1", 30, 40, true, true, VERSION);
    assertThat(UserHash.key(snapshot)).isEqualTo("risk:user:{anna}");
    assertThat(UserHash.arguments(snapshot))
        .containsExactly(
            "0000000002-0000000000000000345-0000001767225000000-0000000006",
            "0",
            "score",
            "0.050000",
            "level",
            "low",
            "total_events",
            "7",
            "first_seen",
            "10",
            "last_activity",
            "20",
            "rules_version",
            "default-1",
            "as_of",
            "30",
            "watermark",
            "40",
            "final",
            "1");
  }

  @Test
  void writesADashBeforeTheFirstWatermark() {
    var snapshot =
        new UserSnapshot(
            "anna",
            1_000_000,
            "high",
            true,
            7,
            10,
            20,
            "r",
            30,
            Long.MIN_VALUE,
            false,
            true,
            VERSION);
    assertThat(UserHash.arguments(snapshot))
        .containsSequence("score", "1.000000", "level", "high")
        .containsSequence("watermark", "-", "final", "0");
  }
}
