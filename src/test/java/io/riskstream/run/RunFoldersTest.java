package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which state the next run goes on from, and which is thrown away. */
final class RunFoldersTest {
  @TempDir private Path path;
  private RunFolders folders;

  @BeforeEach
  void open() throws IOException {
    folders = new RunFolders(path.toUri().toString());
  }

  @Test
  void anEmptyFolderHasNoStateAndBeginsWithTheFirstRun() throws IOException {
    assertThat(folders.newest()).isEmpty();
    assertThat(folders.next()).isEqualTo(1);
  }

  @Test
  void aStoppedRunIsGoneOnFromItsSavepoint() throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    folders.end(1, false, Optional.empty());

    var left = folders.newest().orElseThrow();
    assertThat(left.path()).endsWith("run-0001/savepoint/savepoint-a-b");
    assertThat(left.stopped()).isTrue();
    assertThat(left.drained()).isFalse();
    assertThat(folders.next()).isEqualTo(2);
  }

  @Test
  void aKilledRunIsGoneOnFromItsLastCompleteCheckpointNotFromTheOlderSavepoint()
      throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    folders.end(1, false, Optional.empty());
    complete("run-0002/checkpoints/job/chk-10", 10);
    complete("run-0002/checkpoints/job/chk-11", 11);
    Files.createDirectories(path.resolve("run-0002/checkpoints/job/chk-12"));
    Files.createDirectories(path.resolve("run-0002/checkpoints/job/shared"));

    var left = folders.newest().orElseThrow();
    assertThat(left.path()).endsWith("run-0002/checkpoints/job/chk-11");
    assertThat(left.stopped()).isFalse();
  }

  @Test
  void aCheckpointBeyondAFailedSavepointIsTheNewer() throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    complete("run-0001/checkpoints/job/chk-10", 10);

    assertThat(folders.newest().orElseThrow().path()).endsWith("chk-10");
  }

  @Test
  void theNumberOfACheckpointIsNoText() throws IOException {
    complete("run-0001/checkpoints/job/chk-9", 9);
    complete("run-0001/checkpoints/job/chk-10", 10);

    assertThat(folders.newest().orElseThrow().path()).endsWith("chk-10");
  }

  @Test
  void aRunThatCompletedNothingIsPassedOverAndItsNumberNotUsedAgain() throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    Files.createDirectories(path.resolve("run-0002/checkpoints/job/chk-10"));

    assertThat(folders.newest().orElseThrow().run()).isEqualTo(1);
    assertThat(folders.next()).isEqualTo(3);
    assertThat(folders.hasState(2)).isFalse();
  }

  @Test
  void aDrainedRunSaysSo() throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    folders.end(1, true, Optional.empty());
    assertThat(folders.newest().orElseThrow().drained()).isTrue();
  }

  @Test
  void aRunThatWasKilledWithTheSavepointOfItsDrainIsDrained() throws IOException {
    complete("run-0001/checkpoints/job/chk-8", 8);
    folders.beginDrain(1);
    assertThat(folders.newest().orElseThrow().drained()).as("no savepoint yet").isFalse();

    complete("run-0001/savepoint/savepoint-a-b", 9);
    var left = folders.newest().orElseThrow();
    assertThat(left.drained()).isTrue();
    assertThat(left.stopped()).isFalse();
  }

  @Test
  void aRunThatEndedInOrderSaysHowFarItsStateIs() throws IOException {
    complete("run-0001/savepoint/savepoint-a-b", 9);
    folders.end(1, false, Optional.of(Map.of(0, 7L, 11, 12_345_678_901L)));
    assertThat(folders.newest().orElseThrow().offsets())
        .contains(Map.of(0, 7L, 11, 12_345_678_901L));

    folders.end(1, false, Optional.of(Map.of()));
    assertThat(folders.newest().orElseThrow().offsets()).contains(Map.of());

    folders.end(1, false, Optional.empty());
    assertThat(folders.newest().orElseThrow().offsets()).isEmpty();
  }

  @Test
  void aRunThatWasKilledSaysWhereItsJobWasStarted() throws IOException {
    var job = new StartedJob(new JobID(1, 2), "remote", "here:8081");
    folders.begin(1, job);
    assertThat(folders.unstopped()).isEqualTo(Map.of(1, job));

    folders.end(1, false, Optional.empty());
    assertThat(folders.unstopped()).isEmpty();
  }

  @Test
  void theJobOfAnOlderReleaseIsKnownAndOneThatWasNotWrittenIsNone() throws IOException {
    var id = new JobID(1, 2);
    Files.writeString(Files.createDirectories(path.resolve("run-0001")).resolve("job"), "");
    Files.writeString(
        Files.createDirectories(path.resolve("run-0002")).resolve("job"), id.toHexString());

    assertThat(folders.unstopped()).isEqualTo(Map.of(2, new StartedJob(id, "", "")));
  }

  @Test
  void runsGoWhenTwoNewerOnesHaveEnded() throws IOException {
    for (var run = 1; run <= 4; run++) {
      complete("run-000%d/savepoint/savepoint-a-b".formatted(run), run);
      if (run != 3) { // which was killed
        folders.end(run, false, Optional.empty());
      }
    }
    folders.removeOld();
    assertThat(runs()).containsExactly("run-0002", "run-0003", "run-0004");

    complete("run-0005/savepoint/savepoint-a-b", 5);
    folders.end(5, false, Optional.empty());
    folders.removeOld();
    assertThat(runs()).containsExactly("run-0004", "run-0005");
  }

  private List<String> runs() throws IOException {
    try (var children = Files.list(path)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private void complete(String folder, long checkpointId) throws IOException {
    var metadata = Files.createDirectories(path.resolve(folder)).resolve("_metadata");
    try (var out = Files.newOutputStream(metadata)) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(checkpointId, List.of(), List.of()), out);
    }
  }
}
