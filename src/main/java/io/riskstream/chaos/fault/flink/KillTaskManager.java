package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;

/** The TaskManager that runs the most dies; at the end another takes its place. */
public final class KillTaskManager implements Fault {
  /** When it dies. */
  public enum When {
    /** As soon as the job runs well. */
    AT_ONCE,
    /** Once a checkpoint is complete that began after that, so that the job goes on from it. */
    CHECKPOINTED
  }

  private final When when;
  private Aftermath aftermath;
  private ClusterMember killed;

  public KillTaskManager(When when) {
    this.when = when;
  }

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    killed = Workers.busiest(stage);
    if (when == When.CHECKPOINTED) {
      Workers.awaitCheckpoint(stage, System.currentTimeMillis());
    }
    aftermath = Aftermath.begin(stage);
    killed.kill();
  }

  @Override
  public void end(Stage stage) throws IOException {
    Workers.replaceDead(stage);
  }

  @Override
  public Proof proof(Stage stage) throws IOException {
    if (killed == null) {
      return new Proof.Missing("no task manager was killed");
    }
    var failure =
        stage.watch().failuresSince(aftermath.sinceMillis()).stream()
            .filter(one -> one.text().contains(killed.name()))
            .findFirst();
    return Proof.of(
        !killed.isAlive() && aftermath.restarts() > 0 && failure.isPresent(),
        "%s killed, job restarted %d times: %s"
            .formatted(
                killed,
                aftermath.restarts(),
                failure
                    .map(one -> Aftermath.quote(one.firstLine()))
                    .orElse("no failure names it")));
  }
}
