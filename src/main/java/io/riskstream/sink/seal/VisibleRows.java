package io.riskstream.sink.seal;

import io.riskstream.files.Folders;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.column.statistics.BooleanStatistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * Counts the rows that are not late in the visible files of one folder. A visible file never
 * changes, so each is looked at once: its footer, and its column {@code late} where late rows and
 * others share a row group.
 */
final class VisibleRows {
  private static final String LATE = "late";
  private static final String SUFFIX = ".parquet";

  private final Path folder;
  private final Map<String, Long> rowsByFile = new HashMap<>();

  VisibleRows(Path folder) {
    this.folder = folder;
  }

  long count() throws IOException {
    var files = folder.getFileSystem();
    var present = new HashSet<String>();
    for (var file : Folders.list(files, folder)) {
      var name = file.getPath().getName();
      if (!file.isDir()
          && name.endsWith(SUFFIX)
          && !name.startsWith(".")
          && !name.startsWith("_")) {
        present.add(name);
        if (!rowsByFile.containsKey(name)) {
          rowsByFile.put(name, rowsOf(files, file));
        }
      }
    }
    rowsByFile.keySet().retainAll(present);
    return rowsByFile.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long rowsOf(FileSystem files, FileStatus file) throws IOException {
    long rows = 0;
    var options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (var stream = files.open(file.getPath());
        var reader = ParquetFileReader.open(new ParquetInputFile(stream, file.getLen()), options)) {
      for (var rowGroup : reader.getFooter().getBlocks()) {
        var allOrNone = late(rowGroup);
        if (allOrNone == null) {
          return countOneByOne(files, file);
        }
        rows += allOrNone ? 0 : rowGroup.getRowCount();
      }
    }
    return rows;
  }

  /** Returns whether the rows are late, all of them or none; null if only reading them can tell. */
  private static Boolean late(BlockMetaData rowGroup) {
    for (ColumnChunkMetaData column : rowGroup.getColumns()) {
      if (column.getPath().toDotString().equals(LATE)) {
        if (column.getStatistics() instanceof BooleanStatistics statistics
            && statistics.hasNonNullValue()
            && statistics.getMin() == statistics.getMax()) {
          return statistics.getMin();
        }
        return null;
      }
    }
    return false;
  }

  private static long countOneByOne(FileSystem files, FileStatus file) throws IOException {
    var onlyLate =
        SchemaBuilder.record("EventRow")
            .namespace("io.riskstream.model")
            .fields()
            .requiredBoolean(LATE)
            .endRecord();
    var configuration = new PlainParquetConfiguration();
    configuration.set(AvroReadSupport.AVRO_REQUESTED_PROJECTION, onlyLate.toString());
    configuration.set("parquet.avro.read.schema", onlyLate.toString());
    long rows = 0;
    try (var stream = files.open(file.getPath());
        var reader =
            AvroParquetReader.<GenericRecord>builder(
                    new ParquetInputFile(stream, file.getLen()), configuration)
                .withDataModel(GenericData.get())
                .build()) {
      for (var row = reader.read(); row != null; row = reader.read()) {
        rows += Boolean.TRUE.equals(row.get(LATE)) ? 0 : 1;
      }
    }
    return rows;
  }
}
