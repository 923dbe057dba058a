package io.riskstream.reference;

import io.riskstream.model.WindowSpec;
import io.riskstream.reference.rules.DimensionFiles;
import java.time.Duration;
import java.util.List;

/**
 * What the semantics depend on besides what was sent; durations in milliseconds.
 *
 * @param rulesGuardMillis how long after a document every task has read it
 * @param liveWindows those that rules may name and that are aggregated
 * @param activityMillis size of the windows of the activity dataset
 * @param eventTypes those that windows count by name
 * @param initialRuleset YAML or JSON; null for default-1
 */
public record ReferenceSettings(
    long watermarkDelayMillis,
    long allowedLatenessMillis,
    long maxFutureSkewMillis,
    long rulesGuardMillis,
    List<WindowSpec> liveWindows,
    long activityMillis,
    List<String> eventTypes,
    long profileMaxAgeMillis,
    String initialRuleset,
    DimensionFiles dimensionFiles) {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  public ReferenceSettings {
    liveWindows = List.copyOf(liveWindows);
    eventTypes = List.copyOf(eventTypes);
  }

  /** These three, and of all others the defaults. */
  public ReferenceSettings(
      long watermarkDelayMillis, long allowedLatenessMillis, long maxFutureSkewMillis) {
    this(
        watermarkDelayMillis,
        allowedLatenessMillis,
        maxFutureSkewMillis,
        MINUTE / 2,
        List.of(
            new WindowSpec("5m/1m", 5 * MINUTE, MINUTE),
            new WindowSpec("1m/30s", MINUTE, MINUTE / 2)),
        10 * MINUTE,
        List.of(
            "failed_login",
            "successful_login",
            "logout",
            "password_change",
            "account_update",
            "page_view",
            "search",
            "add_to_cart",
            "checkout",
            "purchase",
            "refund",
            "ad_impression",
            "ad_click"),
        24 * 60 * MINUTE,
        null,
        DimensionFiles.NONE);
  }

  /** Returns the same with another initial ruleset. */
  public ReferenceSettings withInitialRuleset(String ruleset) {
    return new ReferenceSettings(
        watermarkDelayMillis,
        allowedLatenessMillis,
        maxFutureSkewMillis,
        rulesGuardMillis,
        liveWindows,
        activityMillis,
        eventTypes,
        profileMaxAgeMillis,
        ruleset,
        dimensionFiles);
  }
}
