package io.riskstream.sink.hotstore;

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

  /** Returns the version, then each further field and its value. */
  static List<String> versionAndFields(UserSnapshot snapshot) {
    var watermark = snapshot.watermarkMillis();
    return List.of(
        snapshot.version().sortable(),
        "score",
        Micros.toDecimal(snapshot.scoreMicros()).toPlainString(),
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
}
