package io.riskstream.sink.hotstore.redis;

import io.riskstream.model.Micros;
import io.riskstream.model.UserSnapshot;
import java.util.List;

/** A user's hash as the contract names its key and fields (docs/semantics.md, section 6). */
final class UserHash {
  /** The key that a user without an id would have, and so no user has. */
  static final String KEY_OF_NOBODY = "risk:user:{}";

  private UserHash() {}

  /** Returns the key; the braces are literal and keep all of a user's keys in one cluster slot. */
  static String key(UserSnapshot snapshot) {
    return "risk:user:{" + snapshot.userId() + "}";
  }

  /**
   * Returns the version, whether the level is the highest, then each further field and its value.
   */
  static List<String> arguments(UserSnapshot snapshot) {
    var watermark = snapshot.watermarkMillis();
    return List.of(
        snapshot.version().sortable(),
        isTop(snapshot),
        "score",
        score(snapshot),
        "level",
        snapshot.level(),
        "total_events",
        Long.toString(snapshot.totalEvents()),
        "first_seen",
        Long.toString(snapshot.firstSeenMillis()),
        "last_activity",
        Long.toString(snapshot.lastActivityMillis()),
        "rules_version",
        snapshot.rulesVersion(),
        "as_of",
        Long.toString(snapshot.asOfMillis()),
        "watermark",
        watermark == Long.MIN_VALUE ? "-" : Long.toString(watermark),
        "final",
        snapshot.isFinal() ? "1" : "0");
  }

  /** Returns what the top is to know of the user. */
  static List<String> topArguments(UserSnapshot snapshot) {
    return List.of(
        snapshot.userId(), snapshot.version().sortable(), isTop(snapshot), score(snapshot));
  }

  private static String isTop(UserSnapshot snapshot) {
    return snapshot.top() ? "1" : "0";
  }

  private static String score(UserSnapshot snapshot) {
    return Micros.toDecimal(snapshot.scoreMicros()).toPlainString();
  }
}
