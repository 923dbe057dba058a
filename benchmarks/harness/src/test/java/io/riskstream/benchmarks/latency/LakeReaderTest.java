package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riskstream.model.EventRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row is visible when its file is, and not when the file is read. */
class LakeReaderTest {
  private static final long MILLI = 1_000_000;
  private static final Schema ROW =
      SchemaBuilder.record(EventRow.class.getSimpleName())
          .namespace(EventRow.class.getPackageName())
          .fields()
          .requiredString("event_id")
          .requiredString("user_id")
          .endRecord();

  @TempDir private Path dataset;

  private final OpenProbes probes = new OpenProbes(0);
  private long now;

  @Test
  void aRowCountsAsSeenWhenItsFileWas() throws IOException {
    var reader = reader("e-1", "e-2");
    write("year=2026/month=01/part-0.parquet", "e-0", "e-1");

    now = 40 * MILLI;
    reader.list();
    now = 9000 * MILLI;
    reader.list();
    assertThat(probes.unseen()).isEqualTo(2);
    reader.read();

    assertThat(probes.unseen()).isEqualTo(1);
    assertThat(probes.firstUnseen()).isEqualTo("e-2");
    assertThat(probes.latencies().maxMillis()).isEqualTo(40, within(0.1));
  }

  @Test
  void whatIsNotCommittedIsNotVisible() throws IOException {
    var reader = reader("e-1");
    write("year=2026/.part-0.parquet.inprogress", "e-1");
    write("year=2026/_part-0.parquet", "e-1");

    reader.list();
    reader.read();

    assertThat(probes.unseen()).isEqualTo(1);
  }

  @Test
  void aDatasetMayNotBeThereYet() throws IOException {
    var reader = new LakeReader(dataset.resolve("events"), probes, () -> now);

    reader.list();
    reader.read();

    assertThat(probes.unseen()).isZero();
  }

  @Test
  void whatWasThereBeforeTheLoadIsPassedOver() throws IOException {
    var reader = reader("e-1", "e-2");
    write("year=2026/part-0.parquet", "e-1");

    reader.pass();
    write("year=2026/part-1.parquet", "e-2");
    reader.list();
    reader.read();

    assertThat(probes.unseen()).isEqualTo(1);
    assertThat(probes.firstUnseen()).isEqualTo("e-1");
  }

  @Test
  void aFolderThatHasLongBeenStillMayGetAnotherFile() throws IOException {
    var reader = reader("e-1", "e-2");
    write("year=2026/month=01/part-0.parquet", "e-1");
    var anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(dataset.resolve("year=2026/month=01"), anHourAgo);
    Files.setLastModifiedTime(dataset.resolve("year=2026"), anHourAgo);

    reader.list();
    reader.list();
    write("year=2026/month=01/part-1.parquet", "e-2");
    reader.list();
    reader.read();

    assertThat(probes.unseen()).isZero();
  }

  @Test
  void aFolderThatHasLongBeenStillMayGetAnotherFolder() throws IOException {
    var reader = reader("e-1");
    var year = Files.createDirectories(dataset.resolve("year=2026"));
    Files.setLastModifiedTime(year, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    reader.list();
    write("year=2026/month=01/part-1.parquet", "e-1");
    reader.list();
    reader.read();

    assertThat(probes.unseen()).isZero();
  }

  private LakeReader reader(String... probeIds) {
    for (var id : probeIds) {
      probes.opened(id, 0);
    }
    return new LakeReader(dataset, probes, () -> now);
  }

  private void write(String name, String... eventIds) throws IOException {
    var file = dataset.resolve(name);
    Files.createDirectories(file.getParent());
    try (ParquetWriter<GenericRecord> writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
            .withSchema(ROW)
            .withDataModel(GenericData.get())
            .build()) {
      for (var id : eventIds) {
        var row = new GenericData.Record(ROW);
        row.put("event_id", id);
        row.put("user_id", "ann");
        writer.write(row);
      }
    }
  }
}
