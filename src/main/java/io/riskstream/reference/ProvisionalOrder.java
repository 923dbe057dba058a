package io.riskstream.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A user's score-relevant events that have arrived so far, in their order, each with its score. */
final class ProvisionalOrder {
  private final List<ScoredEvent> events = new ArrayList<>();
  private final List<Integer> scoresAfterMicros = new ArrayList<>();

  /** Puts the event in its place and returns the score before it there, in millionths. */
  int insert(ScoredEvent arrived) {
    int place = Collections.binarySearch(events, arrived);
    place = place < 0 ? -place - 1 : place + 1;
    int scoreBefore = place == 0 ? 0 : scoresAfterMicros.get(place - 1);
    int score = Rules.scoreAfter(scoreBefore, arrived.weightMicros());
    events.add(place, arrived);
    scoresAfterMicros.add(place, score);
    for (int next = place + 1; next < events.size(); next++) {
      score = Rules.scoreAfter(score, events.get(next).weightMicros());
      int scoreUntilNow = scoresAfterMicros.set(next, score);
      if (scoreUntilNow == score) {
        break; // from here on all is as it was
      }
    }
    return scoreBefore;
  }
}
