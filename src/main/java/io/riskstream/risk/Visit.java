package io.riskstream.risk;

import io.riskstream.packed.ChunkStore;
import io.riskstream.risk.alert.AlertContent;
import io.riskstream.rules.Rulebook;
import java.util.Map;

/**
 * One look at a user: its state, its chunks and where its results go. Tells the profile and the
 * dimensions at a time, and reads a profile only where somebody asks.
 */
final class Visit {
  final UserState user;
  final String userId;
  final ChunkStore chunks;
  final UserOutput out;
  private final Rulebook rulebook;
  private final RiskPlan plan;

  Visit(
      UserState user,
      String userId,
      ChunkStore chunks,
      UserOutput out,
      Rulebook rulebook,
      RiskPlan plan) {
    this.user = user;
    this.userId = userId;
    this.chunks = chunks;
    this.out = out;
    this.rulebook = rulebook;
    this.plan = plan;
  }

  /** Returns the attributes at the time; null where there is no profile. */
  Map<String, String> profileAt(long timeMillis) {
    return user.profiles.isEmpty()
        ? null
        : user.profiles.at(timeMillis, plan.profileMaxAgeMillis(), chunks);
  }

  Map<String, String> dimensionsAt(long timeMillis, Map<String, String> profileOrNull) {
    return profileOrNull == null ? Map.of() : rulebook.dimensions(timeMillis, profileOrNull);
  }

  AlertContent content() {
    return new AlertContent(userId, plan.codeVersion());
  }
}
