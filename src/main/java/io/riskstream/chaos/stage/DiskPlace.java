package io.riskstream.chaos.stage;

import java.util.Locale;

/** What of a stage can lie on a small disk of its own, to be filled. */
public enum DiskPlace {
  CHECKPOINTS,
  LAKE,
  BROKER;

  /** Returns its name in a scenario, which is that of its folder. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
