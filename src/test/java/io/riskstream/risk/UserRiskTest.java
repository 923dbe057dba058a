package io.riskstream.risk;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.failedLogin;
import static io.riskstream.testkit.Events.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.Alert;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.PackedWriter;
import io.riskstream.rules.Rulesets;
import io.riskstream.testkit.CollectedOutput;
import io.riskstream.testkit.MapChunkStore;
import io.riskstream.testkit.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One user, step by step, packed and unpacked after each; a cool-down bucket begins at START. */
final class UserRiskTest {
  private static final long NO_LINE = Long.MIN_VALUE;
  private static final long COOL_DOWN = 600_000;

  private final UserRisk risk =
      new UserRisk(Plans.book(Rulesets.defaults()), Plans.RISK, RuleObserver.NONE);
  private final MapChunkStore chunks = new MapChunkStore();
  private final CollectedOutput out = new CollectedOutput();
  private final List<Alert> alerts = out.alerts;
  private UserState user = new UserState();

  @Test
  void judgesLateWhatLiesBehindALineThatOnlyTheUserRemembers() {
    accept(purchase("ann", "one", 1_000), NO_LINE);
    finalizeBefore(START + 5_000);
    finalizeBefore(START + 2_000);
    assertThat(accept(purchase("ann", "behind", 4_999), NO_LINE)).isEqualTo(Verdict.LATE);
    assertThat(accept(purchase("ann", "on-the-line", 5_000), NO_LINE)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void raisesNoSecondAlertWhileItsBucketCanStillTakeAnEvent() {
    fireAt(0);
    var lastOfTheBucket = START + COOL_DOWN - 1;
    finalizeBefore(lastOfTheBucket);
    accept(failedLogin("ann", "last", COOL_DOWN - 1), lastOfTheBucket);
    assertThat(alerts).hasSize(1);
  }

  @Test
  void raisesAnAlertInEachBucket() {
    fireAt(COOL_DOWN - 8);
    accept(failedLogin("ann", "next", COOL_DOWN), NO_LINE);
    assertThat(alerts)
        .extracting(alert -> alert.getBucketStart().toEpochMilli())
        .containsExactly(START, START + COOL_DOWN);
  }

  @Test
  void forgetsABucketAsSoonAsNoEventCanFallIntoIt() {
    fireAt(0);
    assertThat(user.alerts.nextEndMillis()).isEqualTo(START + COOL_DOWN);
    finalizeBefore(START + COOL_DOWN);
    assertThat(user.alerts.nextEndMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void showsTheNewestIngestTimeInWhateverOrderRecordsCome() {
    accept(purchase("ann", "young", 2_000), NO_LINE);
    accept(purchase("ann", "old", 1_000), NO_LINE);
    assertThat(snapshot().asOfMillis()).isEqualTo(START + 2_010);
  }

  @Test
  void aSnapshotSaysAllThatIsKnownAndWhereItComesFrom() {
    accept(failedLogin("ann", "one", 1_000), NO_LINE);
    accept(purchase("ann", "two", 2_000), NO_LINE);
    accept(failedLogin("ann", "late", 0).asLate(), NO_LINE);
    assertThat(snapshot())
        .isEqualTo(
            new UserSnapshot(
                "ann",
                100_000,
                "low",
                false,
                2,
                START + 1_000,
                START + 2_000,
                "default-1",
                START + 2_010,
                77,
                false,
                true,
                new SnapshotVersion(3, 3, NO_LINE, 5)));
    finalizeBefore(START + 1_001);
    assertThat(snapshot().isFinal()).isTrue();
    assertThat(snapshot().version()).isEqualTo(new SnapshotVersion(3, 3, START + 1_001, 5));
  }

  @Test
  void isDueForItsFirstPendingEventThenForItsLastIdentityThenForItsActivityThenNeverAgain() {
    accept(purchase("ann", "identity", 3_000), NO_LINE);
    accept(failedLogin("ann", "pending", 1_000), NO_LINE);
    assertThat(risk.nextDueMillis(user)).isEqualTo(START + 1_000);
    finalizeBefore(START + 1_001);
    assertThat(risk.nextDueMillis(user)).isEqualTo(START + 3_000);
    finalizeBefore(START + 3_001);
    assertThat(risk.nextDueMillis(user)).isEqualTo(START + 599_999);
    finalizeBefore(START + 600_000);
    assertThat(risk.nextDueMillis(user)).isEqualTo(Long.MAX_VALUE);
    assertThat(chunks.size()).isZero();
  }

  @Test
  void refusesAStateOfALayoutThatItDoesNotKnow() {
    var packed = user.pack(new PackedWriter());
    packed[0]++;
    assertThatThrownBy(() -> UserState.unpack(packed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("layout 4");
  }

  /** Eight failed logins, a millisecond apart: the last brings the score to 0.8. */
  private void fireAt(long millisAfterStart) {
    for (var index = 0; index < 8; index++) {
      accept(failedLogin("ann", "e" + index, millisAfterStart + index), NO_LINE);
    }
    assertThat(alerts).hasSize(1);
  }

  private Verdict accept(UserEvent event, long line) {
    var verdict = risk.accept(user, event, line, chunks, out);
    repack();
    return verdict;
  }

  private void finalizeBefore(long line) {
    risk.finalizeBefore(user, "ann", line, chunks, out);
    repack();
  }

  private void repack() {
    user = UserState.unpack(user.pack(new PackedWriter()));
  }

  private UserSnapshot snapshot() {
    return risk.snapshot(user, "ann", true, 77, 3, 5);
  }
}
