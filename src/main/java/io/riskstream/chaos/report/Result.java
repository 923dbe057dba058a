package io.riskstream.chaos.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one scenario came to.
 *
 * @param proof what shows that the fault hit, or why nothing does
 * @param recovery from the fault's strike to a job that runs and completes checkpoints; empty where
 *     it was not seen
 * @param replayed records that were read more than once, as far as was seen
 * @param staleSeconds greatest age of an acknowledged event that Redis did not show yet
 * @param took from the first process to the verification's end
 * @param figures of the verification, empty where it did not come to it
 * @param remarks of faults and errands, such as how long the job was down
 * @param problems why it is no PASS
 * @param folder of all that was left of it
 */
public record Result(
    String scenario,
    Conclusion conclusion,
    String proof,
    Optional<Duration> recovery,
    long replayed,
    double staleSeconds,
    Duration took,
    Map<String, Object> figures,
    List<String> remarks,
    List<String> problems,
    Path folder) {
  /** What can be said of the pipeline under the fault. */
  public enum Conclusion {
    /** The fault hit, and everything is exactly as it must be. */
    PASS,
    /** Something is missing, double or different, or it did not come to an end. */
    FAIL,
    /** The fault is not known to have hit, or what came out cannot be judged. */
    INCONCLUSIVE
  }

  public Result {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    remarks = List.copyOf(remarks);
    problems = List.copyOf(problems);
  }

  /** Returns a figure of the verification, 0 where there is none. */
  public long count(String figure) {
    return figures.get(figure) instanceof Number number ? number.longValue() : 0;
  }

  /** Returns the figures by which the verification found the output wrong; none if it did not. */
  public List<String> wrongFigures() {
    var wrong = new ArrayList<String>();
    for (var figure : List.of("missing", "double", "different", "redis_stale", "unsealed")) {
      if (count(figure) > 0) {
        wrong.add(figure + "=" + count(figure));
      }
    }
    if (Boolean.FALSE.equals(figures.get("balanced"))) {
      wrong.add("balanced=false");
    }
    return wrong;
  }
}
