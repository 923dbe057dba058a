package io.riskstream.benchmarks.workload;

import io.riskstream.cluster.ClusterSettings;

/** How much is measured. */
public enum Size {
  /** For figures that are to be believed. */
  FULL("full", 5, "", 0.6),
  /**
   * For a look; each is measured as it drains the topic on which it is compared. It is over before
   * the second compiler is through with a large job, which would take a good part of the processors
   * all along, so that all run without it.
   */
  QUICK("quick", 0, ClusterSettings.FIRST_COMPILER_ONLY, 0.2),
  /** To see that everything still works; its figures say nothing. */
  SMOKE("smoke", 0, ClusterSettings.FIRST_COMPILER_ONLY, 0.2);

  private final String key;
  private final int repetitions;
  private final String jvmOptions;
  private final double warmUpShare;

  Size(String key, int repetitions, String jvmOptions, double warmUpShare) {
    this.key = key;
    this.repetitions = repetitions;
    this.jvmOptions = jvmOptions;
    this.warmUpShare = warmUpShare;
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

  /** Returns what the JVMs of every contender are given, separated by blanks. */
  public String jvmOptions() {
    return jvmOptions;
  }

  /**
   * Returns which share of what is drained is warm-up. It is long where the second compiler works,
   * which it does for more than a minute on a large job where all share two cores.
   */
  public double warmUpShare() {
    return warmUpShare;
  }
}
