package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.DiskPlace;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * All TaskManagers die when a checkpoint is complete and files of the lake that belong to it are
 * written, but not committed. They are stopped when the checkpoint's metadata appear; what they
 * have not committed then they cannot commit any more. At the end others take their places.
 */
public final class KillInCommit implements Fault {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FOR_COMPLETION = Duration.ofMillis(1_500);
  private static final long POLL_NANOS = 300_000;

  private Aftermath aftermath;
  private List<ClusterMember> killed = List.of();
  private long checkpoint;
  private List<Path> pending = List.of();
  private int attempts;

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    Workers.busiest(stage); // waits until the job runs
    aftermath = Aftermath.begin(stage);
    var members = Workers.alive(stage);
    var checkpoints = stage.folder(DiskPlace.CHECKPOINTS).resolve(stage.watch().jobId());
    var deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    try (var freezer = Freezer.of(members)) {
      var newest = CheckpointFolders.newestComplete(checkpoints);
      while (killed.isEmpty() && System.nanoTime() < deadlineNanos) {
        var next = CheckpointFolders.newestComplete(checkpoints);
        if (next == newest) {
          LockSupport.parkNanos(POLL_NANOS);
          continue;
        }
        newest = next;
        freezer.freeze();
        attempts++;
        if (isBetween(stage, next)) {
          for (var member : members) {
            member.kill();
          }
          killed = members;
          checkpoint = next;
        } else {
          freezer.thaw();
        }
      }
    }
  }

  @Override
  public void end(Stage stage) throws IOException {
    Workers.replaceDead(stage);
  }

  @Override
  public Proof proof(Stage stage) throws IOException {
    if (killed.isEmpty()) {
      return new Proof.Missing(
          "in %d checkpoints all was committed before the task managers stood still"
              .formatted(attempts));
    }
    var visible = pending.stream().filter(file -> Files.exists(PendingFiles.committed(file)));
    var committedLater = visible.count();
    return Proof.of(
        aftermath.restarts() > 0 && committedLater == pending.size(),
        ("task managers killed with checkpoint %d complete and %d files written, not committed,"
                + " such as %s; %d committed since, restarts %d")
            .formatted(
                checkpoint,
                pending.size(),
                PendingFiles.committed(pending.get(0)).getFileName(),
                committedLater,
                aftermath.restarts()));
  }

  /** The JobManager goes on meanwhile, and says whether it holds the checkpoint for complete. */
  private boolean isBetween(Stage stage, long id) throws IOException, InterruptedException {
    var isComplete = stage.watch().await(sample -> sample.completed().id() >= id, FOR_COMPLETION);
    pending = isComplete ? PendingFiles.in(stage.folder(DiskPlace.LAKE)) : List.of();
    return !pending.isEmpty();
  }
}
