package io.riskstream.cli.lifecycle;

import io.riskstream.lifecycle.Lifecycle;
import io.riskstream.lifecycle.cluster.LifecycleException;
import picocli.CommandLine.Option;

/** When a job that took another's place is healthy. */
final class HealthOption {
  @Option(
      names = "--healthy-checkpoints",
      paramLabel = "N",
      defaultValue = "3",
      description = {
        "The new job is healthy when every task runs and N checkpoints have completed without a",
        "restart (${DEFAULT-VALUE}); otherwise the former is put back."
      })
  private int checkpoints;

  Lifecycle applyTo(Lifecycle lifecycle) throws LifecycleException {
    if (checkpoints < 1) {
      throw new LifecycleException(
          "--healthy-checkpoints is %d; without a checkpoint nothing is known of a job"
              .formatted(checkpoints));
    }
    return lifecycle.withHealthyCheckpoints(checkpoints);
  }
}
