package io.riskstream.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.LocalInputFile;

/** Parquet files as a writer other than the lake's would leave them. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /** Writes the rows, of which there must be one. */
  public static <T extends SpecificRecordBase> void write(Path file, List<T> rows)
      throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (var writer =
        AvroParquetWriter.<T>builder(HadoopOutputFile.fromPath(path, new Configuration()))
            .withSchema(rows.get(0).getSchema())
            .withDataModel(rows.get(0).getSpecificData())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build()) {
      for (var row : rows) {
        writer.write(row);
      }
    }
  }

  /** Writes records of any schema, of which there must be one. */
  public static void writeRecords(Path file, List<GenericRecord> records) throws IOException {
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (var writer =
        AvroParquetWriter.<GenericRecord>builder(
                HadoopOutputFile.fromPath(path, new Configuration()))
            .withSchema(records.get(0).getSchema())
            .withDataModel(GenericData.get())
            .build()) {
      for (var each : records) {
        writer.write(each);
      }
    }
  }

  /**
   * Reads the visible files of a dataset: each row as JSON behind the folder that it lies in, in
   * the order of text.
   */
  public static <T extends SpecificRecordBase> List<String> read(Path dataset, Class<T> type)
      throws IOException {
    return read(dataset, type, row -> true, SpecificRecordBase::toString);
  }

  /**
   * Reads the visible files of a dataset.
   *
   * @param wanted which rows
   * @param text what a row is told by, behind the folder that it lies in
   * @return in the order of text
   */
  public static <T extends SpecificRecordBase> List<String> read(
      Path dataset, Class<T> type, Predicate<T> wanted, Function<T, String> text)
      throws IOException {
    var rows = new ArrayList<String>();
    try (var walk = Files.walk(dataset)) {
      for (var file : walk.filter(ParquetFiles::isVisibleFile).toList()) {
        try (var reader =
            AvroParquetReader.<T>builder(new LocalInputFile(file), new PlainParquetConfiguration())
                .withDataModel(SpecificData.getForClass(type))
                .build()) {
          for (var row = reader.read(); row != null; row = reader.read()) {
            if (wanted.test(row)) {
              rows.add(dataset.relativize(file.getParent()) + " " + text.apply(row));
            }
          }
        }
      }
    }
    Collections.sort(rows);
    return rows;
  }

  private static boolean isVisibleFile(Path file) {
    var name = file.getFileName().toString();
    return name.endsWith(".parquet") && !name.startsWith(".") && !name.startsWith("_");
  }
}
