package io.riskstream.load.scene;

import java.util.List;

/**
 * Plays the scenes one after the other, over and over, each time with a user of its own. A function
 * of the times that it is asked at.
 */
public final class Stage {
  /** An event that the scene asks for. */
  public record Act(Scene scene, String userId, String eventType, long timestampMillis) {}

  private static final List<Scene> SCENES = List.of(Scene.values());

  private final String idPrefix;
  private int number;
  private Scene scene = SCENES.get(number);
  private List<Scene.Step> steps = scene.steps();
  private long round;
  private int step;
  private long newestMillis;

  /**
   * @param idPrefix of the users, so that two loads have none in common
   */
  public Stage(String idPrefix) {
    this.idPrefix = idPrefix;
  }

  /** Returns whether the next event has to follow the one before it at once, to be in time. */
  public boolean isUrgent() {
    return step > 0 && step < steps.size() && isBehind(steps.get(step), steps.get(step - 1));
  }

  /** Returns the next event, for a record that is due at this time. */
  public Act next(long dueMillis) {
    if (step == steps.size()) {
      nextScene();
    }
    var asked = steps.get(step);
    if (step == 0 || !isBehind(asked, steps.get(step - 1))) {
      newestMillis = dueMillis;
    }
    step++;
    return new Act(
        scene,
        scene.code() + "-" + idPrefix + round,
        asked.eventType(),
        newestMillis - asked.backMillis());
  }

  private void nextScene() {
    number = (number + 1) % SCENES.size();
    round += number == 0 ? 1 : 0;
    scene = SCENES.get(number);
    steps = scene.steps();
    step = 0;
  }

  private static boolean isBehind(Scene.Step step, Scene.Step former) {
    return step.backMillis() > former.backMillis();
  }
}
