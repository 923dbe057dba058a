package io.riskstream.chaos.watch;

/**
 * A failure that Flink recorded for the job.
 *
 * @param atMillis when
 * @param text exception and stack trace
 * @param task its name; empty for a failure of the job as a whole
 * @param taskManager that it ran on; empty where it is not known
 */
public record JobFailure(long atMillis, String text, String task, String taskManager) {
  /** Returns the first line. */
  public String firstLine() {
    return text.lines().findFirst().orElse("");
  }
}
