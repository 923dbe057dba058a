package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.RebuildMark;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Snapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held for each user while the store is slow, and what there is no room for. */
class PendingUpdatesTest {
  private static final UserSnapshot ANNA_1 = Snapshots.of("anna", 1);
  private static final UserSnapshot ANNA_2 = Snapshots.of("anna", 2);
  private static final UserSnapshot ANNA_2_LATER_ATTEMPT =
      Snapshots.of("anna", new SnapshotVersion(1, 2, 0, 1));
  private static final UserSnapshot BERT = Snapshots.of("bert", 1);
  private static final UserSnapshot CARL = Snapshots.of("carl", 1);

  private final PendingUpdates pending = new PendingUpdates(2, List.of());

  @Test
  void holdsTheNewestOfAUserInWhateverOrderTheyCome() {
    pending.offer(ANNA_2);
    pending.offer(ANNA_1);
    assertThat(pending.newest()).containsExactly(ANNA_2);
    pending.offer(ANNA_2_LATER_ATTEMPT);
    pending.offer(ANNA_2);
    assertThat(pending.newest()).containsExactly(ANNA_2_LATER_ATTEMPT);
  }

  @Test
  void hasNoRoomForFurtherUsersButAlwaysForTheNewestOfThoseItHolds() {
    pending.offer(ANNA_1);
    pending.offer(BERT);
    assertThat(pending.offer(CARL)).isFalse();
    assertThat(pending.offer(ANNA_2)).isTrue();
    assertThat(pending.newest()).containsExactly(ANNA_2, BERT);
  }

  @Test
  void countsAUserOnceWhileAnotherSnapshotIsOnItsWay() {
    pending.offer(ANNA_1);
    pending.takeBatch(1);
    pending.offer(ANNA_2);
    assertThat(pending.size()).isEqualTo(1);
    assertThat(pending.offer(BERT)).isTrue();
    assertThat(pending.offer(CARL)).isFalse();
    pending.endBatch(List.of());
    assertThat(pending.size()).isEqualTo(2);
    assertThat(pending.newest()).containsExactly(ANNA_2, BERT);
  }

  @Test
  void handsOutTheLongestWaitingUsersFirst() {
    pending.offer(BERT);
    pending.offer(ANNA_1);
    assertThat(pending.takeBatch(1)).containsExactly(BERT);
  }

  @Test
  void keepsWhatIsOnItsWayUntilTheBatchEnds() {
    pending.offer(ANNA_1);
    pending.takeBatch(10);
    assertThat(pending.nothingWaits()).isTrue();
    assertThat(pending.isEmpty()).isFalse();
    assertThat(pending.newest()).containsExactly(ANNA_1);
    pending.endBatch(List.of());
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void triesTheUnwrittenAgainUnlessANewerOneWaits() {
    pending.offer(ANNA_1);
    pending.offer(BERT);
    pending.takeBatch(10);
    pending.offer(ANNA_2);
    pending.endBatch(List.of(ANNA_1, BERT));
    assertThat(pending.takeBatch(10)).containsExactly(ANNA_2, BERT);
  }

  @Test
  void aMarkStaysBehindWhatIsTriedAgainThoughNewerOnesCameAfterIt() {
    var end = new RebuildMark(true, List.of("a"), 0, 1, 2);
    pending.offer(ANNA_1);
    pending.offer(BERT);
    pending.takeBatch(10);
    pending.offer(end);
    pending.offer(ANNA_2);
    pending.endBatch(List.of(ANNA_1, BERT));
    assertThat(pending.size()).isEqualTo(3);
    assertThat(pending.takeBatch(2)).containsExactly(ANNA_2, BERT);
    pending.endBatch(List.of(ANNA_2, BERT));
    assertThat(pending.takeBatch(10)).containsExactly(ANNA_2, BERT, end);
    pending.endBatch(List.of());
    assertThat(pending.size()).isZero();
  }

  @Test
  void holdsEverythingRestoredEvenBeyondItsCapacity() {
    var restored = new PendingUpdates(1, List.of(ANNA_2, BERT, ANNA_1));
    assertThat(restored.newest()).containsExactly(ANNA_2, BERT);
    assertThat(restored.offer(CARL)).isFalse();
  }
}
