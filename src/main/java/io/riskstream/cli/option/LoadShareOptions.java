package io.riskstream.cli.option;

import io.riskstream.load.LoadShares;
import picocli.CommandLine.Option;

/**
 * The shares of records that are not ordinary, as options with the defaults of {@link LoadShares}.
 */
public final class LoadShareOptions {
  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description = "exact resends of a recent event (${DEFAULT-VALUE})")
  private double duplicates;

  @Option(
      names = "--conflicting-duplicates",
      paramLabel = "SHARE",
      defaultValue = "0.002",
      description = "a recent event's id with another content (${DEFAULT-VALUE})")
  private double conflictingDuplicates;

  @Option(
      names = "--out-of-order",
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = "events behind others, but in time (${DEFAULT-VALUE})")
  private double outOfOrder;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "events behind the gate's line (${DEFAULT-VALUE})")
  private double late;

  @Option(
      names = "--malformed",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "records that are no valid event (${DEFAULT-VALUE})")
  private double malformed;

  @Option(
      names = "--future",
      paramLabel = "SHARE",
      defaultValue = "0.002",
      description = "events of an hour ahead (${DEFAULT-VALUE})")
  private double future;

  @Option(
      names = "--scenes",
      paramLabel = "SHARE",
      defaultValue = "0.02",
      description = "events of scenes that trip each rule of default-1 (${DEFAULT-VALUE})")
  private double scenes;

  public LoadShares shares() {
    return new LoadShares(
        duplicates, conflictingDuplicates, outOfOrder, late, malformed, future, scenes);
  }
}
