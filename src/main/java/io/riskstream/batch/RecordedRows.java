package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * Reads a dataset of the lake row by row. Flink's own reader of Avro in Parquet does not know the
 * rows' times and decimals.
 *
 * @param <R> the dataset's rows
 * @param <T> what they become
 */
final class RecordedRows<R extends SpecificRecordBase, T> implements StreamFormat<T> {
  private static final long serialVersionUID = 1L;

  /** What a row becomes. */
  @FunctionalInterface
  interface RowReader<R, T> extends Serializable {
    T read(R row);
  }

  private final Class<R> rowType;
  private final RowReader<R, T> reader;
  private final TypeInformation<T> producedType;

  private RecordedRows(
      Class<R> rowType, RowReader<R, T> reader, TypeInformation<T> producedType) {
    this.rowType = rowType;
    this.reader = reader;
    this.producedType = producedType;
  }

  /** Returns the dataset, which must be there, as a bounded source. */
  static <R extends SpecificRecordBase, T> Source<T, ?, ?> of(
      LakeConfig lake,
      String dataset,
      Class<R> rowType,
      RowReader<R, T> reader,
      TypeInformation<T> producedType) {
    return FileSource.forRecordStreamFormat(
            new RecordedRows<>(rowType, reader, producedType), new Path(lake.path(), dataset))
        .build();
  }

  /** Returns the dataset as a bounded source, which is empty where the lake does not have it. */
  static <R extends SpecificRecordBase, T> Source<T, ?, ?> ofOptional(
      LakeConfig lake,
      String dataset,
      Class<R> rowType,
      RowReader<R, T> reader,
      TypeInformation<T> producedType) {
    return exists(new Path(lake.path(), dataset))
        ? of(lake, dataset, rowType, reader, producedType)
        : new NoRecords<>();
  }

  private static boolean exists(Path folder) {
    try {
      return folder.getFileSystem().exists(folder);
    } catch (FileNotFoundException absent) {
      return false;
    } catch (IOException unreachable) {
      throw new UncheckedIOException(
          "the recorded lake cannot be looked at: " + folder, unreachable);
    }
  }

  @Override
  public Reader<T> createReader(
      Configuration config, FSDataInputStream stream, long fileLength, long splitEnd)
      throws IOException {
    return new Rows<>(
        AvroParquetReader.<R>builder(
                new ParquetInputFile(stream, fileLength), new PlainParquetConfiguration())
            .withDataModel(SpecificData.getForClass(rowType))
            .build(),
        reader);
  }

  @Override
  public Reader<T> restoreReader(
      Configuration config,
      FSDataInputStream stream,
      long restoredOffset,
      long fileLength,
      long splitEnd) {
    throw new UnsupportedOperationException("a batch has no checkpoints to be restored from");
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return producedType;
  }

  /** The rows of one file. */
  private record Rows<R, T>(ParquetReader<R> file, RowReader<R, T> reader) implements Reader<T> {
    @Override
    public T read() throws IOException {
      var row = file.read();
      return row == null ? null : reader.read(row);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
