package io.riskstream.benchmarks.workload;

/** How much is measured. */
public enum Size {
  /** For figures that are to be believed. */
  FULL("full", 5),
  /** For a look; each is measured as it drains the topic on which it is compared. */
  QUICK("quick", 0),
  /** To see that everything still works; its figures say nothing. */
  SMOKE("smoke", 0);

  private final String key;
  private final int repetitions;

  Size(String key, int repetitions) {
    this.key = key;
    this.repetitions = repetitions;
  }

  /** Returns its name in a workload's file. */
  public String key() {
    return key;
  }

  /**
   * Returns how often each contender is measured where nothing else is asked for; 0 for once, on
   * the topic on which it is compared.
   */
  public int repetitions() {
    return repetitions;
  }
}
