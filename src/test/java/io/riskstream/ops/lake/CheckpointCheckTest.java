package io.riskstream.ops.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.AuditKinds;
import io.riskstream.model.AuditRow;
import io.riskstream.model.AuditedRange;
import io.riskstream.reference.Balance;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.ParquetFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which the rows of runs and checkpoints can be wrong is found. */
final class CheckpointCheckTest {
  private static final Balance BALANCE =
      new Balance(
          Map.of(
              new Balance.PartitionHour(0, Events.START),
              new Balance.Hour(new Expected.Counts(2, 1, 1, 0), 0, 4),
              new Balance.PartitionHour(0, Events.START + 3_600_000),
              new Balance.Hour(new Expected.Counts(0, 0, 0, 3), 5, 7),
              new Balance.PartitionHour(1, Events.START),
              new Balance.Hour(new Expected.Counts(1, 0, 0, 0), 0, 0)),
          Map.of());

  @TempDir private Path lake;
  private final List<AuditRow> written = new ArrayList<>();

  @BeforeEach
  void writeAllOfIt() {
    written.add(row(AuditKinds.RUN, null).build());
    // An offset was skipped, and the checkpoint went through the middle of the hour after it.
    written.add(
        row(AuditKinds.CHECKPOINT, 1L)
            .setPartitions(
                List.of(
                    new AuditedRange("events", 0, 5L, 2L, 1L, 1L, 1L, 0L, 5L),
                    new AuditedRange("events", 1, 1L, 1L, 0L, 0L, 0L, 0L, 0L)))
            .build());
    written.add(
        row(AuditKinds.CHECKPOINT, null)
            .setPartitions(List.of(new AuditedRange("events", 0, 2L, 0L, 0L, 0L, 2L, 6L, 7L)))
            .build());
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    assertThat(check()).contains("found 2, missing 0, double 0, different 0, unexpected 0");
  }

  @Test
  void findsACountThatDoesNotAddUp() throws Exception {
    range(1, 0).setAccepted(1L);
    range(1, 0).setDuplicate(2L);
    assertThat(check()).contains("different 1", "events-0: ");
    range(1, 0).setAccepted(2L);
    range(1, 0).setDuplicate(1L);
    range(2, 0).setReceived(3L);
    assertThat(check()).contains("different 1");
  }

  @Test
  void findsACheckpointThatIsMissing() throws Exception {
    written.remove(2);
    assertThat(check()).contains("different 1");
  }

  @Test
  void findsACheckpointThatIsThereTwice() throws Exception {
    written.add(written.get(1));
    assertThat(check()).contains("double 1", "begins at offset 0, but the one before it ends at 5");
  }

  @Test
  void findsRangesThatDoNotJoin() throws Exception {
    range(2, 0).setFirstOffset(7L);
    assertThat(check()).contains("begins at offset 7, but the one before it ends at 5");
  }

  @Test
  void findsARunThatNeverBeganAndARowWithoutCode() throws Exception {
    written.get(2).setRunId("other-0");
    written.get(1).setCodeVersion(null);
    assertThat(check()).contains("missing: row of the run other-0", "lacks run_id, code_version");
  }

  @Test
  void findsAPartitionThatGaveNothing() throws Exception {
    range(2, 0).setPartition(3);
    assertThat(check()).contains("unexpected: events-3");
  }

  private AuditedRange range(int row, int range) {
    return written.get(row).getPartitions().get(range);
  }

  private static AuditRow.Builder row(String kind, Long checkpoint) {
    return AuditRow.newBuilder()
        .setKind(kind)
        .setTime(Instant.ofEpochMilli(Events.START))
        .setRunId("job-0")
        .setCheckpointId(checkpoint)
        .setCodeVersion("1.0")
        .setRulesVersion("default-1");
  }

  private String check() throws Exception {
    var folder = lake.resolve("lake-" + System.nanoTime());
    var hour = folder.resolve("audit").resolve(LakeFolders.of(written.get(0)));
    ParquetFiles.write(Files.createDirectories(hour).resolve("part-0.parquet"), written);
    return QualityCheckTest.printed(
        CheckpointCheck.of(folder.toUri().toString(), "events", BALANCE));
  }
}
