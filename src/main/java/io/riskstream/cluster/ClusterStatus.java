package io.riskstream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What a cluster was like at one moment.
 *
 * @param members every process that was started and not ended by us, dead or alive
 * @param slots empty if the JobManager does not answer
 * @param jobs those that run and those that ended lately; none if the JobManager does not answer
 */
public record ClusterStatus(List<ClusterMember> members, Optional<Slots> slots, List<Job> jobs) {

  /**
   * Slots of the TaskManagers that the JobManager knows.
   *
   * @param expected of the TaskManagers that were started
   */
  public record Slots(int free, int total, int expected) {}

  /** A job as the JobManager describes it. */
  public record Job(String id, String name, String state, long startedMillis) {
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    /** Returns whether there is something to be gone on with. */
    public boolean isUnderWay() {
      return !ENDED.contains(state);
    }
  }

  static ClusterStatus of(List<ClusterMember> members, ClusterRest rest, int slotsExpected) {
    var slots =
        rest.get("/overview")
            .map(
                overview ->
                    new Slots(
                        overview.path("slots-available").asInt(),
                        overview.path("slots-total").asInt(),
                        slotsExpected));
    var jobs =
        slots
            .flatMap(answers -> rest.get("/jobs/overview"))
            .map(overview -> overview.path("jobs"))
            .map(list -> StreamSupport.stream(list.spliterator(), false))
            .map(list -> list.map(ClusterStatus::job).toList())
            .orElse(List.of());
    return new ClusterStatus(members, slots, jobs);
  }

  /** Returns whether every process runs and every slot is there. */
  public boolean isWhole() {
    return !hasDeadMembers()
        && slots.filter(found -> found.total() == found.expected()).isPresent();
  }

  /** Returns whether a process has ended that nobody stopped. */
  public boolean hasDeadMembers() {
    return !members.stream().allMatch(ClusterMember::isAlive);
  }

  /** Returns the jobs that a stop would interrupt. */
  public List<Job> jobsUnderWay() {
    return jobs.stream().filter(Job::isUnderWay).toList();
  }

  private static Job job(JsonNode node) {
    return new Job(
        node.path("jid").asText(),
        node.path("name").asText(),
        node.path("state").asText(),
        node.path("start-time").asLong());
  }
}
