package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.files.Folders;
import io.riskstream.model.ControlRow;
import io.riskstream.model.GatedDocument;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.DocumentJson;
import io.riskstream.sink.Lake;
import io.riskstream.source.control.DocumentHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;

/**
 * The documents of the lake's control dataset, with the cuts that were recorded; a lake without the
 * dataset has none. No file that a document names is read: its values are in the row.
 */
final class RecordedDocuments implements DocumentHistory {
  private static final long serialVersionUID = 1L;

  private final String lakePath;

  RecordedDocuments(LakeConfig lake) {
    lakePath = lake.path();
  }

  @Override
  public List<GatedDocument> read() {
    var dataset = new Path(lakePath, Lake.CONTROL);
    try {
      var rows = new ArrayList<ControlRow>();
      read(dataset.getFileSystem(), dataset, rows);
      rows.sort(Comparator.comparing(ControlRow::getOffset));
      var documents = new ArrayList<GatedDocument>();
      for (var row : rows) {
        documents.add(gated(row));
      }
      return documents;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the recorded documents at " + dataset + " cannot be read", unreadable);
    }
  }

  private static void read(FileSystem files, Path folder, List<ControlRow> rows)
      throws IOException {
    for (var child : Folders.list(files, folder)) {
      var name = child.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (child.isDir()) {
        read(files, child.getPath(), rows);
      } else {
        readFile(files, child, rows);
      }
    }
  }

  private static void readFile(FileSystem files, FileStatus file, List<ControlRow> rows)
      throws IOException {
    try (var in = files.open(file.getPath());
        var reader =
            AvroParquetReader.<ControlRow>builder(
                    new ParquetInputFile(in, file.getLen()), new PlainParquetConfiguration())
                .withDataModel(SpecificData.getForClass(ControlRow.class))
                .build()) {
      for (var row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
  }

  private static GatedDocument gated(ControlRow row) throws IOException {
    try {
      var document = DocumentJson.decode(row.getDocument().getBytes(StandardCharsets.UTF_8));
      var cut = row.getCut() == null ? Long.MIN_VALUE : row.getCut().toEpochMilli();
      return new GatedDocument(document, cut, row.getOffset());
    } catch (RulesetException malformed) {
      throw new IOException(
          "document %s %s version %d at offset %d cannot be read any more: %s"
              .formatted(
                  row.getKind(),
                  row.getId(),
                  row.getVersion(),
                  row.getOffset(),
                  malformed.getMessage()),
          malformed);
    }
  }
}
