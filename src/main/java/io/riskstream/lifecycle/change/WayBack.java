package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.CheckpointReport;
import io.riskstream.lifecycle.cluster.JobReport;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rule by which the former version is put back: from the savepoint that it left, as long as the
 * new one has completed no checkpoint, as then nothing of it is committed; otherwise from the new
 * one's newest checkpoint, if the former reads it. Going back further would write again what is
 * committed.
 */
public sealed interface WayBack {
  /** The former version can begin here. */
  record From(String path) implements WayBack {}

  /** It cannot be put back without harm. */
  record None(String reason) implements WayBack {}

  /**
   * Decides.
   *
   * @param failed the new version's job
   * @param savepoint that the former left
   * @param unreadable what stands against the former reading the new one's state
   */
  static WayBack of(JobReport failed, String savepoint, List<String> unreadable) {
    if (!hasProgressed(failed, savepoint)) {
      return new From(savepoint);
    }
    if (!unreadable.isEmpty()) {
      return new None(
          "the new version has completed a checkpoint, so that its outputs are committed and the"
              + " savepoint would write them again; and the former version cannot read that checkpoint:\n  "
              + String.join("\n  ", unreadable));
    }
    var newest =
        Stream.concat(failed.checkpoint().stream(), failed.savepoint().stream())
            .max(Comparator.comparingLong(CheckpointReport::id))
            .map(CheckpointReport::path)
            .or(failed::restoredFrom)
            .orElse("");
    return newest.isEmpty()
        ? new None(
            "the new version has completed a checkpoint, so that its outputs are committed, but the"
                + " cluster does not say where it lies; look for the newest in the folder of checkpoints")
        : new From(newest);
  }

  /** A JobManager that began anew has forgotten the count, but not what it went on from. */
  static boolean hasProgressed(JobReport job, String savepoint) {
    return job.completed() > 0
        || job.restoredFrom().filter(path -> !name(path).equals(name(savepoint))).isPresent();
  }

  /** One path is written in several ways: file:/ and file:///. */
  private static String name(String path) {
    var whole = path.replaceAll("/+$", "");
    return whole.substring(whole.lastIndexOf('/') + 1);
  }
}
