package io.riskstream.lifecycle.cluster;

import java.util.List;
import java.util.stream.Collectors;

/** A job as a cluster lists it. */
public record ListedJob(String id, String name, JobState state) {

  /**
   * Returns the job that is meant, and never guesses between two.
   *
   * @param wanted id or name; null for the only one that has not ended
   */
  static ListedJob choose(List<ListedJob> jobs, String wanted, String address)
      throws LifecycleException {
    var candidates =
        wanted == null
            ? jobs.stream().filter(job -> !job.state().hasEnded()).toList()
            : jobs.stream()
                .filter(job -> job.id().equals(wanted) || job.name().equals(wanted))
                .toList();
    if (candidates.size() > 1) {
      var alive = candidates.stream().filter(job -> !job.state().hasEnded()).toList();
      candidates = alive.isEmpty() ? candidates : alive;
    }
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    if (candidates.isEmpty()) {
      throw new LifecycleException(
          wanted == null
              ? "no job runs on the cluster at %s; riskstream submit starts one".formatted(address)
              : "the cluster at %s knows no job %s; %s".formatted(address, wanted, listed(jobs)));
    }
    throw new LifecycleException(
        "%d jobs are meant on the cluster at %s; give the id of one: %s"
            .formatted(candidates.size(), address, listed(candidates)));
  }

  private static String listed(List<ListedJob> jobs) {
    return jobs.isEmpty()
        ? "it has none"
        : jobs.stream()
            .map(job -> "%s %s (%s)".formatted(job.id(), job.name(), job.state()))
            .collect(Collectors.joining(", "));
  }
}
