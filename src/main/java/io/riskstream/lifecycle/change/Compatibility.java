package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.program.JobGraphDescription;
import io.riskstream.lifecycle.program.JobGraphDescription.Operator;
import io.riskstream.pipeline.state.StateDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a program can go on from the state of a running job, by what both say of their
 * state; where the job says nothing, by the operators alone. Nothing is stopped for it.
 */
final class Compatibility {
  private Compatibility() {}

  /**
   * Returns what stands against it, each with its remedy; empty if nothing does.
   *
   * @param running the job whose state it is
   * @param heads ids of operators that the job has
   */
  static List<String> problems(JobReport running, Set<String> heads, JobGraphDescription next) {
    var problems = new ArrayList<String>();
    var former = StateDescription.of(running.parameters());
    var later = StateDescription.of(next.parameters());
    if (former.isPresent() && later.isPresent()) {
      problems.addAll(later.get().problemsAfter(former.get()));
    } else if (former.isPresent()) {
      problems.add(
          "the jar does not say the layouts of its state, and the running job does: it is older than"
              + " that, and cannot be told to read them; stop the job and submit the jar --from the"
              + " savepoint to try it");
    }
    if (former.isEmpty()) {
      problems.addAll(vanished(heads, next));
      problems.addAll(keyGroups(running.maxParallelism(), next));
    }
    if (!next.isRetaining()) {
      problems.add(
          "execution.checkpointing.externalized-checkpoint-retention is not RETAIN_ON_CANCELLATION for"
              + " the new version: its checkpoints would go with it, and with them the way back; set it"
              + " in the cluster's configuration");
    }
    return problems;
  }

  /** Returns whether the former program can go on from state that the later one wrote. */
  static List<String> problemsOfReturn(Map<String, String> later, Map<String, String> former) {
    var written = StateDescription.of(later);
    var reader = StateDescription.of(former);
    if (written.isEmpty() && reader.isEmpty()) {
      return List.of();
    }
    return written.isPresent() && reader.isPresent()
        ? reader.get().problemsAfter(written.get())
        : List.of("one of the two versions does not say the layouts of its state");
  }

  private static List<String> vanished(Set<String> heads, JobGraphDescription next) {
    var there = next.operators().stream().map(Operator::id).collect(Collectors.toSet());
    return heads.stream()
        .filter(id -> !there.contains(id))
        .sorted()
        .map(
            id ->
                "the operator of the id %s runs, and the new graph has none of it, so that its state would be lost; keep its uid"
                    .formatted(id))
        .toList();
  }

  private static List<String> keyGroups(int running, JobGraphDescription next) {
    var later = next.operators().stream().mapToInt(Operator::maxParallelism).max().orElse(0);
    return later == running
        ? List.of()
        : List.of(
            "max-parallelism is %d, but the running job has %d, which a savepoint keeps; set job.max-parallelism to %d"
                .formatted(later, running, running));
  }
}
