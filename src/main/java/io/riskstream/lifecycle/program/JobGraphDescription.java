package io.riskstream.lifecycle.program;

import java.util.List;
import java.util.Map;

/**
 * What the graph of a program says of itself, before anything is submitted.
 *
 * @param parallelism greatest of its operators
 * @param isRetaining whether its checkpoints outlive a cancelled job
 * @param parameters global job parameters
 */
public record JobGraphDescription(
    String jobName,
    int parallelism,
    boolean isRetaining,
    List<Operator> operators,
    Map<String, String> parameters) {

  /**
   * An operator.
   *
   * @param id by which a savepoint finds its state: a hash of the uid
   * @param uid empty if Flink does not say it
   */
  public record Operator(String id, String uid, String name, int maxParallelism) {}

  public JobGraphDescription {
    operators = List.copyOf(operators);
    parameters = Map.copyOf(parameters);
  }
}
