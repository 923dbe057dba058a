package io.riskstream.demo.output;

import io.riskstream.model.AlertStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demo is to show. Where the job's output does not prove it, the demo shows nothing, however
 * exact that output is.
 *
 * @param rulesVersionOrNull the ruleset that is published in the run and takes effect
 * @param withdrawal whether an alert is withdrawn
 */
public record Promise(String rulesVersionOrNull, boolean withdrawal) {
  /** Nothing in particular. */
  public static final Promise NONE = new Promise(null, false);

  /**
   * Returns what is not known to have happened, each with what is missing for the proof.
   *
   * @param alerts all messages of the topic
   */
  public List<String> unproven(AlertLog alerts, DocumentLog documents) {
    var unproven = new ArrayList<String>();
    if (rulesVersionOrNull != null && !alerts.rulesVersions().contains(rulesVersionOrNull)) {
      unproven.add(
          "ruleset %s was published, but no alert names it (answers to documents: %s)"
              .formatted(rulesVersionOrNull, documents.line()));
    }
    if (withdrawal && alerts.count(AlertStatus.withdrawn) == 0) {
      unproven.add("no alert was withdrawn (alerts: %s)".formatted(alerts.line()));
    }
    return unproven;
  }
}
