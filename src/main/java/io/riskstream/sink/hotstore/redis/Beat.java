package io.riskstream.sink.hotstore.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * What one writer says of itself each second; that of subtask 0 is the pipeline's heartbeat.
 *
 * @param newStoreId id that the store is given if it has none, which it then has until it is
 *     emptied
 * @param nowMillis epoch milliseconds
 * @param degradedSinceMillis 0 if the writer is not
 * @param usersRebuilt users that its rebuilds have shown again, since it was started
 * @param rebuilds ids of the last rebuilds that came through
 * @param alertsDroppedMillis since when no alert is missing, or 0
 */
public record Beat(
    String newStoreId,
    long nowMillis,
    int subtask,
    int parallelism,
    long degradedSinceMillis,
    long usersRebuilt,
    List<String> rebuilds,
    long alertsDroppedMillis,
    Status status) {
  /**
   * What is said of the pipeline as a whole.
   *
   * @param watermarkMillis Long.MIN_VALUE before the first
   * @param rulesVersionOrNull null before the first user
   * @param attempt the job's run
   */
  public record Status(
      long watermarkMillis,
      String rulesVersionOrNull,
      int epoch,
      int attempt,
      String codeVersion) {}

  List<String> arguments() {
    var arguments =
        new ArrayList<>(
            List.of(
                newStoreId,
                Long.toString(nowMillis),
                Integer.toString(subtask),
                Integer.toString(parallelism),
                momentOrNothing(degradedSinceMillis),
                Long.toString(usersRebuilt),
                String.join(" ", rebuilds),
                Long.toString(alertsDroppedMillis)));
    if (subtask == 0) {
      var watermark = status.watermarkMillis;
      arguments.addAll(
          List.of(
              "heartbeat",
              Long.toString(nowMillis),
              "watermark",
              watermark == Long.MIN_VALUE ? "-" : Long.toString(watermark),
              "rules_version",
              status.rulesVersionOrNull == null ? "-" : status.rulesVersionOrNull,
              "epoch",
              Integer.toString(status.epoch),
              "attempt",
              Integer.toString(status.attempt),
              "code_version",
              status.codeVersion));
    }
    return arguments;
  }

  private static String momentOrNothing(long millis) {
    return millis == 0 ? "" : Long.toString(millis);
  }
}
