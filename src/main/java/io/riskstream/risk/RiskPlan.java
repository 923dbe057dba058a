package io.riskstream.risk;

import io.riskstream.activity.ActivityPlan;
import java.util.Objects;

/**
 * What a user's state is kept by, beside the rules; the same for all users of a job.
 *
 * @param profileMaxAgeMillis how long a version of a profile holds if no other follows
 * @param codeVersion that alerts name
 */
public record RiskPlan(ActivityPlan activity, long profileMaxAgeMillis, String codeVersion) {
  public RiskPlan {
    Objects.requireNonNull(activity, "activity");
    Objects.requireNonNull(codeVersion, "codeVersion");
  }
}
