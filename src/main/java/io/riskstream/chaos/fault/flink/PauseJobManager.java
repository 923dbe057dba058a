package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;

/** The JobManager stands still, and wakes up at the end. */
public final class PauseJobManager implements Fault {
  private Aftermath aftermath;
  private ClusterMember paused;
  private long endedMillis;

  @Override
  public void strike(Stage stage) throws IOException {
    paused = stage.cluster().jobManager();
    aftermath = Aftermath.begin(stage);
    paused.pause();
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (paused != null && endedMillis == 0) {
      endedMillis = System.currentTimeMillis();
      paused.resume();
    }
  }

  @Override
  public Proof proof(Stage stage) throws IOException {
    if (endedMillis == 0) {
      return new Proof.Missing("no job manager stood still");
    }
    var unanswered =
        aftermath.samples().stream()
            .filter(sample -> sample.atMillis() < endedMillis && !sample.isAnswered())
            .count();
    var noticed =
        aftermath.said("of JobManager with", "of job manager with", "heartbeat of TaskManager");
    return Proof.of(
        unanswered > 0,
        "%s stood still for %.1f s and answered none of %d looks; restarts %d%s"
            .formatted(
                paused,
                (endedMillis - aftermath.sinceMillis()) / 1e3,
                unanswered,
                aftermath.restarts(),
                noticed.map(line -> ": " + line).orElse("")));
  }
}
