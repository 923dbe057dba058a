package io.riskstream.pipeline.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which ruleset is in force when, by version; the answer depends on no order of arrival. */
final class RulesHistory {
  private static final Comparator<Cut> BY_CUT =
      Comparator.comparingLong(Cut::cutMillis).thenComparingLong(Cut::offset);

  private final String initialVersion;
  private final List<Cut> cuts = new ArrayList<>();

  /** A ruleset's begin; of equal ones the greater offset wins. */
  public record Cut(long cutMillis, long offset, String version) {}

  RulesHistory(String initialVersion) {
    this.initialVersion = initialVersion;
  }

  void add(Cut cut) {
    if (!cuts.contains(cut)) {
      cuts.add(cut);
      cuts.sort(BY_CUT);
    }
  }

  String versionAt(long timeMillis) {
    var version = initialVersion;
    for (var cut : cuts) {
      if (cut.cutMillis() <= timeMillis) {
        version = cut.version();
      }
    }
    return version;
  }

  /** Forgets what is not in force any more at that time, nor ever will be. */
  void forgetBefore(long timeMillis) {
    while (cuts.size() > 1 && cuts.get(1).cutMillis() <= timeMillis) {
      cuts.remove(0);
    }
  }

  List<Cut> cuts() {
    return List.copyOf(cuts);
  }
}
