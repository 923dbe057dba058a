package io.riskstream.load.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one user does, in the order of arrival, and what the rules of default-1 make of it. Whatever
 * the rate, the timestamps of a scene differ and lie less than a quarter of a second behind.
 */
public enum Scene {
  /**
   * Eight failed logins bring the user to 0.8; then a successful one arrives that was before the
   * last of them, so that in the end the score never was there: a high-score alert is raised and
   * withdrawn.
   */
  WAVERING("wavering") {
    @Override
    List<Step> steps() {
      var steps = new ArrayList<Step>();
      for (var failure = 0; failure < FAILURES; failure++) {
        steps.add(new Step("failed_login", (FAILURES - failure) * STEP_MILLIS));
      }
      steps.add(new Step("successful_login", STEP_MILLIS + STEP_MILLIS / 2));
      return steps;
    }
  },

  /** A failed login among five other types of events. */
  MANY_TYPES("many-types") {
    @Override
    List<Step> steps() {
      return List.of(
          new Step("page_view", 0),
          new Step("ad_impression", 0),
          new Step("ad_click", 0),
          new Step("failed_login", 0),
          new Step("add_to_cart", 0),
          new Step("purchase", 0));
    }
  },

  /** More events than a person makes. */
  BURST("burst") {
    @Override
    List<Step> steps() {
      return Collections.nCopies(BURST_EVENTS, new Step("page_view", 0));
    }
  };

  /**
   * An event of a scene.
   *
   * @param backMillis how far its timestamp lies before the time of the scene's newest event so far
   */
  record Step(String eventType, int backMillis) {}

  private static final int FAILURES = 8;
  private static final int STEP_MILLIS = 20;
  private static final int BURST_EVENTS = 105;

  private final String code;

  Scene(String code) {
    this.code = code;
  }

  /** Returns what the ids of its users begin with. */
  public String code() {
    return code;
  }

  abstract List<Step> steps();
}
