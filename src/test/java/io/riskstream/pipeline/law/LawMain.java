package io.riskstream.pipeline.law;

/**
 * Holds the classes that this JVM was given to the law, case by case until one differs, and prints
 * which one it was.
 */
final class LawMain {
  static final String KILLED = "killed by seed ";
  static final String SURVIVED = "survived";

  private LawMain() {}

  /** Takes the number of cases. */
  public static void main(String[] arguments) throws Exception {
    try (var cluster = new LawCluster()) {
      System.out.println(verdict(Long.parseLong(arguments[0]), cluster));
    }
  }

  private static String verdict(long cases, LawCluster cluster) {
    for (var seed = 0L; seed < cases; seed++) {
      try {
        var differences = Law.differences(seed, cluster);
        if (!differences.isEmpty()) {
          return KILLED + seed + ", " + differences.size() + " differences: " + differences.get(0);
        }
      } catch (Exception failed) {
        return KILLED + seed + ", failed: " + rootCause(failed);
      }
    }
    return SURVIVED;
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }
}
