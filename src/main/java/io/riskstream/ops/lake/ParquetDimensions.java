package io.riskstream.ops.lake;

import io.riskstream.reference.rules.DimensionFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Reads the Parquet files that dimension documents name, once more and by itself. */
public final class ParquetDimensions implements DimensionFiles {
  private final Configuration hadoop = new Configuration();

  @Override
  public Map<String, String> read(String path, String sha256) {
    var file = new Path(path);
    try {
      if (!sha256(file).equals(sha256.toLowerCase(Locale.ROOT))) {
        return null;
      }
      var values = new HashMap<String, String>();
      try (var reader =
          AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(file, hadoop))
              .build()) {
        for (var row = reader.read(); row != null; row = reader.read()) {
          values.put(String.valueOf(row.get("key")), String.valueOf(row.get("value")));
        }
      }
      return values;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("dimension file " + path, unreadable);
    }
  }

  private String sha256(Path file) throws IOException {
    try (var bytes = file.getFileSystem(hadoop).open(file)) {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes.readAllBytes());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
