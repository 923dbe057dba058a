package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.util.Optional;

/**
 * The TaskManager that runs the most stands still, and wakes up at the end. Where that is longer
 * than Flink waits for it, the job goes on elsewhere meanwhile, and what wakes up is a zombie.
 */
public final class PauseTaskManager implements Fault {
  private Aftermath aftermath;
  private Aftermath awake;
  private ClusterMember paused;
  private long endedMillis;

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    paused = Workers.busiest(stage);
    aftermath = Aftermath.begin(stage);
    paused.pause();
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (paused != null && endedMillis == 0) {
      awake = Aftermath.begin(stage);
      endedMillis = System.currentTimeMillis();
      paused.resume();
    }
  }

  @Override
  public Proof proof(Stage stage) throws IOException {
    if (endedMillis == 0) {
      return new Proof.Missing("no task manager stood still");
    }
    var declaredDead = declaredDead(stage);
    var seconds = (endedMillis - aftermath.sinceMillis()) / 1e3;
    var elsewhere =
        aftermath.checkpoints(declaredDead.orElse(aftermath.sinceMillis()), endedMillis);
    if (declaredDead.isEmpty()) {
      return Proof.of(
          elsewhere == 0,
          "%s stood still for %.1f s: no checkpoint was complete meanwhile"
              .formatted(paused, seconds));
    }
    var woke =
        awake.logged(
            paused.log(),
            "was disconnected",
            "timed out",
            "Close JobManager connection",
            "Triggering cancellation",
            "Fenced");
    return Proof.of(
        elsewhere > 0 && woke.isPresent(),
        "%s stood still for %.1f s, was given up after %.1f s, %d checkpoints elsewhere; awake: %s"
            .formatted(
                paused,
                seconds,
                (declaredDead.get() - aftermath.sinceMillis()) / 1e3,
                elsewhere,
                woke.orElse("nothing logged")));
  }

  private Optional<Long> declaredDead(Stage stage) {
    return stage.watch().failuresSince(aftermath.sinceMillis()).stream()
        .filter(failure -> failure.atMillis() < endedMillis)
        .filter(failure -> failure.text().contains(paused.name()))
        .map(failure -> failure.atMillis())
        .findFirst();
  }
}
