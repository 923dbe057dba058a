package io.riskstream.ops;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a verification came to.
 *
 * @param figures in the order in which a verdict prints them
 */
public record VerificationResult(Conclusion conclusion, Map<String, Object> figures) {
  /** What can be said of the pipeline's output. */
  public enum Conclusion {
    /** All of it is exactly what it must be. */
    PASS,
    /** Something is missing, double or different. */
    FAIL,
    /** It cannot be judged; the reason was printed. */
    INCONCLUSIVE
  }

  public VerificationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
