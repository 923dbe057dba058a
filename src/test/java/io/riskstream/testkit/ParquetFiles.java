package io.riskstream.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

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
}
