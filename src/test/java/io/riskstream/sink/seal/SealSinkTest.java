package io.riskstream.sink.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.EventRow;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.ParquetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A seal is never there before its rows, and always after them. */
final class SealSinkTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final String FOLDER = "events/year=2026/month=01/day=01/hour=12";

  @TempDir Path lake;

  @Test
  void writesNothingBeforeAllRowsAreVisible() throws Exception {
    var file = new SealFile(uri(), seal(5));
    assertThat(file.writeIfVisible()).as("there is no folder").isFalse();
    write("part-1.parquet", 3, 0);
    write(".part-2.parquet.inprogress", 2, 0);
    write("_part-3.parquet", 2, 0);
    assertThat(file.writeIfVisible()).isFalse();
    assertThat(lake.resolve(FOLDER).resolve("_SEALED")).doesNotExist();
    write("part-4.parquet", 2, 0);
    assertThat(file.writeIfVisible()).isTrue();
    assertThat(lake.resolve(FOLDER).resolve("_SEALED")).hasContent(seal(5).json());
  }

  @Test
  void lateRowsDoNotStandInForRowsThatAreNotVisibleYet() throws Exception {
    var file = new SealFile(uri(), seal(5));
    write("part-1.parquet", 3, 2);
    write("part-2.parquet", 0, 4);
    assertThat(file.writeIfVisible()).isFalse();
    write("part-3.parquet", 2, 1);
    assertThat(file.writeIfVisible()).isTrue();
  }

  @Test
  void writingASealAgainReplacesItAndLeavesNothingBeside() throws Exception {
    write("part-1.parquet", 6, 0);
    assertThat(new SealFile(uri(), seal(5)).writeIfVisible()).isTrue();
    assertThat(new SealFile(uri(), seal(6)).writeIfVisible()).isTrue();
    try (var files = Files.list(lake.resolve(FOLDER))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("_SEALED", "part-1.parquet");
    }
    assertThat(lake.resolve(FOLDER).resolve("_SEALED")).hasContent(seal(6).json());
  }

  @Test
  void theWriterLooksAtEachCheckpointAndKeepsInItsStateWhatIsNotWrittenYet() throws Exception {
    var context = new FakeWriterContext(0);
    try (var writer = sink().createWriter(context)) {
      writer.write(seal(2), null);
      assertThat(writer.prepareCommit()).isEmpty();
      assertThat(writer.snapshotState(1)).containsExactly(seal(2));
    }
    write("part-1.parquet", 2, 0);
    try (var writer = sink().restoreWriter(context, List.of(seal(2)))) {
      assertThat(lake.resolve(FOLDER).resolve("_SEALED")).doesNotExist();
      assertThat(writer.prepareCommit()).isEmpty();
      Await.until("the seal is written", () -> context.metricGroup().gauge("waitingSeals") == 0);
      assertThat(lake.resolve(FOLDER).resolve("_SEALED")).exists();
      assertThat(writer.snapshotState(2)).isEmpty();
    }
  }

  @Test
  void aLakeThatCannotBeReadNeitherFailsTheWriterNorLosesTheSeal() throws Exception {
    Files.createDirectories(lake.resolve(FOLDER));
    Files.writeString(lake.resolve(FOLDER).resolve("part-1.parquet"), "half");
    try (var writer = sink().createWriter(new FakeWriterContext(0))) {
      writer.write(seal(2), null);
      writer.prepareCommit();
      writer.flush(true);
      assertThat(writer.prepareCommit()).containsExactly(seal(2));
    }
  }

  @Test
  void atTheEndTheCommitterWaitsUntilTheLastRowsAreVisible() throws Exception {
    List<Seal> rest;
    try (var writer = sink().createWriter(new FakeWriterContext(0))) {
      writer.write(seal(2), null);
      writer.flush(true);
      rest = new ArrayList<>(writer.prepareCommit());
      assertThat(rest).containsExactly(seal(2));
      assertThat(writer.snapshotState(1)).isEmpty();
    }
    var committer = new SealCommitter(uri(), Duration.ofSeconds(30));
    var committed = CompletableFuture.runAsync(() -> commit(committer, rest));
    write("part-1.parquet", 2, 0);
    committed.get(30, TimeUnit.SECONDS);
    assertThat(lake.resolve(FOLDER).resolve("_SEALED")).hasContent(seal(2).json());
  }

  @Test
  void theCommitterWaitsForALakeThatCannotBeReadForAMoment() throws Exception {
    var halfWritten = Files.createDirectories(lake.resolve(FOLDER)).resolve("part-1.parquet");
    Files.writeString(halfWritten, "half");
    var committer = new SealCommitter(uri(), Duration.ofSeconds(30));
    var committed = new CompletableFuture<Void>();
    var thread =
        new Thread(
            () -> {
              try {
                commit(committer, List.of(seal(2)));
                committed.complete(null);
              } catch (RuntimeException failed) {
                committed.completeExceptionally(failed);
              }
            });
    thread.start();
    Await.until(
        "it has tried",
        () -> thread.getState() == Thread.State.TIMED_WAITING || committed.isDone());
    Files.delete(halfWritten);
    write("part-1.parquet", 2, 0);
    committed.get(30, TimeUnit.SECONDS);
    assertThat(lake.resolve(FOLDER).resolve("_SEALED")).hasContent(seal(2).json());
  }

  @Test
  void theCommitterSaysWhyTheLakeCannotBeRead() throws Exception {
    Files.createDirectories(lake.resolve(FOLDER));
    Files.writeString(lake.resolve(FOLDER).resolve("part-1.parquet"), "half");
    var committer = new SealCommitter(uri(), Duration.ZERO);
    assertThatThrownBy(() -> commit(committer, List.of(seal(2))))
        .hasMessageContaining("cannot be sealed")
        .hasStackTraceContaining("parquet");
  }

  @Test
  void theCommitterFailsLoudlyWhereTheRowsDoNotCome() throws Exception {
    write("part-1.parquet", 1, 0);
    var committer = new SealCommitter(uri(), Duration.ZERO);
    assertThatThrownBy(() -> commit(committer, List.of(seal(2))))
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessageContaining("hour=12: 1 of 2 rows are visible");
  }

  @Test
  void aSealSurvivesItsSerialization() throws Exception {
    var serializer = new SealSerializer();
    var many = new ArrayList<Seal.Part>();
    for (var partition = 0; partition < 2_000; partition++) {
      many.add(new Seal.Part("events", partition, 1, 0, 17, 17));
    }
    var seal = Seal.of("events", NOON, many, NOON, NOON);
    assertThat(seal.json().length()).isGreaterThan(1 << 16);
    assertThat(serializer.deserialize(1, serializer.serialize(seal))).isEqualTo(seal);
    assertThatThrownBy(() -> serializer.deserialize(9, new byte[0]))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("a seal of version 9");
  }

  private static void commit(SealCommitter committer, List<Seal> seals) {
    try {
      committer.commit(seals.stream().<CommitRequest<Seal>>map(Request::new).toList());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The committer neither gives up nor postpones: it throws. */
  private record Request(Seal getCommittable) implements CommitRequest<Seal> {
    @Override
    public int getNumberOfRetries() {
      return 0;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void retryLater() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void updateAndRetryLater(Seal seal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalAlreadyCommitted() {
      throw new UnsupportedOperationException();
    }
  }

  private SealSink sink() {
    return new SealSink(new LakeConfig(uri(), 1 << 20));
  }

  private String uri() {
    return lake.toUri().toString();
  }

  private static Seal seal(long rows) {
    var part = new Seal.Part("events", 0, rows, 1, 0, rows);
    return Seal.of("events", NOON, List.of(part), NOON + 3_603_000, NOON + 3_700_000);
  }

  private void write(String name, int rows, int lateRows) throws IOException {
    var written = new ArrayList<EventRow>();
    for (var offset = 0; offset < rows + lateRows; offset++) {
      var time = Instant.ofEpochMilli(NOON + offset);
      var late = offset >= rows;
      written.add(
          new EventRow(
              "e" + offset,
              "u",
              "t",
              time,
              null,
              null,
              Map.of(),
              "events",
              0,
              (long) offset,
              time,
              late));
    }
    // As the lake's own writers do, a file is whole when it gets its visible name.
    var hidden = lake.resolve(FOLDER).resolve("." + name + ".hidden");
    ParquetFiles.write(hidden, written);
    Files.move(hidden, hidden.resolveSibling(name));
    Files.delete(hidden.resolveSibling("." + hidden.getFileName() + ".crc"));
  }
}
