package io.riskstream.sink.hotstore.redis;

import java.util.List;

/** The keys that are no user's; what stands in braces decides on the cluster's slot. */
final class HotKeys {
  static final String TOP = "risk:top";
  static final String TOP_VERSIONS = "{risk:top}:versions";
  static final String ALERTS = "risk:alerts";
  static final String PIPELINE = "risk:pipeline";
  static final String PIPELINE_WRITERS = "{risk:pipeline}:writers";

  private HotKeys() {}

  static String alert(String alertId) {
    return "risk:alert:{" + alertId + "}";
  }

  /** Returns the key of a kind of window and event type. */
  static String window(String name) {
    return "risk:window:{" + name + "}";
  }

  /** Returns keys that nobody's data has, to try a script's permissions on. */
  static List<String> toTryOut(Script script) {
    return switch (script) {
      case USER -> List.of(UserHash.KEY_OF_NOBODY);
      case TOP -> List.of(TOP, TOP_VERSIONS);
      case ALERT, GHOST_ALERT -> List.of(alert(""));
      case WINDOW -> List.of(window(""));
      case ALERT_INDEX, INDEXED_ALERTS, UNINDEX_ALERT -> List.of(ALERTS);
      case BEAT -> List.of(PIPELINE, PIPELINE_WRITERS);
    };
  }
}
