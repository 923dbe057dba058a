package io.riskstream.testkit;

import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserSnapshot;

/** User snapshots whose every field tells the versions of one user apart. */
public final class Snapshots {
  private Snapshots() {}

  /** Returns the user's snapshot after so many routed records, in attempt 0. */
  public static UserSnapshot of(String userId, long routed) {
    return of(userId, new SnapshotVersion(1, routed, 0, 0));
  }

  /** Returns the user's snapshot with the version. */
  public static UserSnapshot of(String userId, SnapshotVersion version) {
    var seed = (int) version.routed() + version.attempt();
    return new UserSnapshot(
        userId,
        100_000 + seed,
        "low",
        false,
        1_000 + seed,
        1_767_225_600_000L,
        1_767_225_600_000L + seed,
        "default-1",
        1_767_225_700_000L + seed,
        1_767_225_500_000L + seed,
        seed % 2 == 0,
        true,
        version);
  }
}
