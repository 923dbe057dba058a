package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.chaos.watch.JobSample;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;

/** The JobManager dies at once; at the end the next one is started, and takes over the job. */
public final class KillJobManager implements Fault {
  private Aftermath aftermath;
  private ClusterMember killed;
  private long formerMillis;

  @Override
  public void strike(Stage stage) throws IOException {
    killed = stage.cluster().jobManager();
    aftermath = Aftermath.begin(stage);
    formerMillis = stage.watch().now().jobManagerMillis();
    killed.kill();
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (!stage.cluster().jobManager().isAlive()) {
      stage.cluster().startJobManager();
    }
  }

  @Override
  public Proof proof(Stage stage) {
    if (killed == null) {
      return new Proof.Missing("no job manager was killed");
    }
    var samples = aftermath.samples();
    var next =
        samples.stream()
            .filter(sample -> sample.isRunning() && sample.jobManagerMillis() != formerMillis)
            .findFirst();
    var unanswered = samples.stream().filter(sample -> !sample.isAnswered()).count();
    return Proof.of(
        !killed.isAlive() && unanswered > 0 && next.isPresent(),
        next.map(JobSample::atMillis)
            .map(
                atMillis ->
                    "%s killed, the next one had taken over job %s and ran it after %.1f s"
                        .formatted(
                            killed,
                            stage.watch().jobId(),
                            (atMillis - aftermath.sinceMillis()) / 1e3))
            .orElse(killed + " killed, but no other has taken over the job"));
  }
}
