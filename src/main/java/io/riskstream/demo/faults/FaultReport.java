package io.riskstream.demo.faults;

import java.util.List;

/**
 * What the faults of a demo have done.
 *
 * @param restarts of the job
 * @param replayed records that the job counted more often than they were sent
 * @param redisOutageSeconds how long Redis was away; 0 if it was not
 * @param hotRebuilt users that the job showed Redis again
 * @param unproven faults that were asked for and are not known to have hit, each with what is
 *     missing for the proof
 */
public record FaultReport(
    long restarts,
    long replayed,
    double redisOutageSeconds,
    long hotRebuilt,
    List<String> unproven) {
  public FaultReport {
    unproven = List.copyOf(unproven);
  }
}
