package io.riskstream.ops.lake;

import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import java.io.IOException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Reads every row of one dataset of the lake, file by file. What begins with a dot or an underscore
 * is not part of the lake; a visible file that is no Parquet file is a finding.
 *
 * @param <T> the rows
 */
final class LakeDataset<T extends SpecificRecordBase> {
  /**
   * Takes a row and where it was found.
   *
   * @param <T> the row
   */
  interface RowConsumer<T> {
    /**
     * Takes one row.
     *
     * @param folder below the dataset's own, such as {@code year=2026/…}
     * @param where file and number of the row, for a person
     */
    void accept(T row, String folder, String where);
  }

  private final Path root;
  private final T prototype;
  private final Findings findings;
  private final Configuration hadoop = new Configuration();

  /**
   * @param prototype any instance of the rows' class
   */
  LakeDataset(String lakePath, String dataset, T prototype, Findings findings) {
    this.root = new Path(new Path(lakePath), dataset);
    this.prototype = prototype;
    this.findings = findings;
    AvroReadSupport.setAvroReadSchema(hadoop, prototype.getSchema());
  }

  void read(RowConsumer<T> rows) throws IOException {
    var files = root.getFileSystem(hadoop);
    if (files.exists(root)) {
      read(files, files.getFileStatus(root), "", rows);
    }
  }

  private void read(FileSystem files, FileStatus folder, String below, RowConsumer<T> rows)
      throws IOException {
    for (var child = files.listLocatedStatus(folder.getPath()); child.hasNext(); ) {
      var status = child.next();
      var name = status.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (status.isDirectory()) {
        read(files, status, below.isEmpty() ? name : below + "/" + name, rows);
      } else {
        readFile(status, below, rows);
      }
    }
  }

  private void readFile(LocatedFileStatus file, String folder, RowConsumer<T> rows) {
    var where = root.getName() + "/" + folder + "/" + file.getPath().getName();
    if (!where.endsWith(".parquet")) {
      findings.add(Kind.UNEXPECTED, where + " is visible, but no Parquet file by its name");
      return;
    }
    try (var reader =
        AvroParquetReader.<T>builder(HadoopInputFile.fromStatus(file, hadoop))
            .withDataModel(prototype.getSpecificData())
            .build()) {
      long number = 0;
      for (var row = reader.read(); row != null; row = reader.read()) {
        number++;
        rows.accept(row, folder, where + " row " + number);
      }
    } catch (IOException | RuntimeException unreadable) { // Parquet throws either for broken files
      findings.add(Kind.DIFFERENT, where + " cannot be read: " + unreadable.getMessage());
    }
  }
}
