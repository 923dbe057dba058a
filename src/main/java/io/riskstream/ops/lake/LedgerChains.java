package io.riskstream.ops.lake;

import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Checks of the ledger by itself, without the reference model: a user's sequence has no gap, and
 * its deltas sum to the score after the last row.
 */
final class LedgerChains {
  /** What one user's rows amount to, in whatever order they are read. */
  private static final class Chain {
    private long rows;
    private long lastSequence;
    private long scoreAfterLastMicros;
    private long sumOfDeltasMicros;
  }

  private final TreeMap<String, Chain> users = new TreeMap<>();

  void add(LedgerRow row) {
    var chain = users.computeIfAbsent(row.getUserId(), ignored -> new Chain());
    chain.rows++;
    chain.sumOfDeltasMicros += Micros.fromDecimal(row.getDelta());
    if (row.getSequence() > chain.lastSequence) {
      chain.lastSequence = row.getSequence();
      chain.scoreAfterLastMicros = Micros.fromDecimal(row.getScoreAfter());
    }
  }

  List<String> problems() {
    var problems = new ArrayList<String>();
    users.forEach(
        (userId, chain) -> {
          if (chain.rows != chain.lastSequence) {
            problems.add(
                "user %s: %d rows, but sequence runs to %d"
                    .formatted(userId, chain.rows, chain.lastSequence));
          }
          if (chain.sumOfDeltasMicros != chain.scoreAfterLastMicros) {
            problems.add(
                "user %s: deltas sum to %s, but the score after the last row is %s"
                    .formatted(
                        userId,
                        Micros.toDecimal(chain.sumOfDeltasMicros),
                        Micros.toDecimal(chain.scoreAfterLastMicros)));
          }
        });
    return problems;
  }
}
