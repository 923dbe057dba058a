package io.riskstream.lifecycle;

import io.riskstream.lifecycle.program.JobJar;
import java.util.List;
import java.util.Optional;

/**
 * What an upgrade is to come to.
 *
 * @param arguments of the program; empty for those of the version that runs
 * @param overrides put behind the arguments, so that they win
 * @param parallelism 0 for that of the version that runs
 * @param formerJar of the version that runs; empty for the one in the record of deployments
 */
public record UpgradeTarget(
    JobJar jar,
    Optional<List<String>> arguments,
    List<String> overrides,
    int parallelism,
    Optional<JobJar> formerJar) {

  public UpgradeTarget {
    overrides = List.copyOf(overrides);
  }

  /** Returns another version with all else as it is. */
  public static UpgradeTarget of(JobJar jar) {
    return new UpgradeTarget(jar, Optional.empty(), List.of(), 0, Optional.empty());
  }
}
