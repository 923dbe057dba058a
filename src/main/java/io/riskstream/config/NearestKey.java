package io.riskstream.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Guesses which key was meant by one that does not exist, by edit distance. */
final class NearestKey {
  private NearestKey() {}

  /** Returns the known key with the fewest edits, if these are at most a third of it. */
  static Optional<String> to(String given, List<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(key -> edits(given, key)))
        .filter(key -> edits(given, key) <= key.length() / 3);
  }

  /** Returns the least number of characters to insert, remove or replace. */
  private static int edits(String from, String to) {
    var row = new int[to.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= from.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
