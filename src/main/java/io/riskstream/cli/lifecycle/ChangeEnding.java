package io.riskstream.cli.lifecycle;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.lifecycle.change.ChangeOutcome;
import java.io.PrintWriter;
import java.time.Duration;

/** Prints what has come of a change; one that was taken back has failed. */
final class ChangeEnding {
  private ChangeEnding() {}

  static int print(ChangeOutcome change, PrintWriter out) {
    change
        .returned()
        .ifPresent(
            reason -> out.println("The former runs again. The new one was unhealthy: " + reason));
    var verdict = new Verdict(change.returned().isEmpty() ? Outcome.PASS : Outcome.FAIL);
    change.returned().ifPresent(reason -> verdict.with("returned", true));
    verdict
        .with("job", change.job())
        .with("savepoint", change.savepoint())
        .with("downtime", seconds(change.downtime()))
        .with("until_checkpoint", seconds(change.untilCheckpoint()));
    out.println(verdict);
    out.flush();
    return verdict.outcome().exitStatus();
  }

  private static String seconds(Duration duration) {
    return "%.1fs".formatted(duration.toMillis() / 1000.0);
  }
}
