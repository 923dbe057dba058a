package io.riskstream.benchmarks.workload;

/** How much is measured. */
public enum Size {
  /** For figures that are to be believed. */
  FULL("full", 5),
  /** For a look. */
  QUICK("quick", 3),
  /** To see that everything still works; its figures say nothing. */
  SMOKE("smoke", 1);

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

  /** Returns how often each contender is measured where nothing else is asked for. */
  public int repetitions() {
    return repetitions;
  }
}
