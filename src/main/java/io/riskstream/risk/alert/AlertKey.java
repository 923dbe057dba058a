package io.riskstream.risk.alert;

import io.riskstream.model.RuleDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which of a user's alerts a trigger belongs to: the rule, the cool-down bucket of event time and
 * the mode.
 *
 * @param endMillis end of the bucket, exclusive
 */
public record AlertKey(String ruleId, long startMillis, long endMillis, boolean shadow) {
  private static final int ID_BYTES = 16;

  /** Returns the alert of a trigger of that event time. */
  public static AlertKey of(RuleDefinition rule, long timeMillis) {
    var start = rule.bucketStart(timeMillis);
    return new AlertKey(rule.id(), start, start + rule.coolDownMillis(), rule.shadow());
  }

  /** Returns the alert's identity as the contract defines it. */
  public String alertId(String userId) {
    try {
      var named = userId + '\0' + ruleId + '\0' + startMillis + '\0' + endMillis;
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest((shadow ? named + "\0shadow" : named).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
