package io.riskstream.benchmarks.contender.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * The events in the folder of a Parquet sink of Structured Streaming: the rows of the files that
 * its log names, which are those of batches that have ended.
 *
 * @param rows how many there are
 * @param ids how many different event ids they have
 */
record WrittenEvents(long rows, long ids) {
  private static final String LOG = "_spark_metadata";
  private static final String ID = "event_id";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads them all. */
  static WrittenEvents in(Path folder) throws IOException {
    var hadoop = new Configuration();
    hadoop.set(
        ReadSupport.PARQUET_READ_SCHEMA, "message events { optional binary " + ID + " (STRING); }");
    long rows = 0;
    var ids = new HashSet<String>();
    for (var file : files(folder.resolve(LOG))) {
      var path = new org.apache.hadoop.fs.Path(URI.create(file));
      try (var reader =
          ParquetReader.builder(new GroupReadSupport(), path).withConf(hadoop).build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          rows++;
          ids.add(row.getString(ID, 0));
        }
      }
    }
    return new WrittenEvents(rows, ids.size());
  }

  /** Says what is wrong, if each of so many events is not there once. */
  Optional<String> differenceFrom(long events) {
    return rows == events && ids == events
        ? Optional.empty()
        : Optional.of(
            "Parquet: must hold %d events, each once, holds %d rows of %d events"
                .formatted(events, rows, ids));
  }

  /** A file of the log repeats, now and then, what those before it hold. */
  private static Set<String> files(Path log) throws IOException {
    var files = new TreeSet<String>();
    if (!Files.isDirectory(log)) {
      return files;
    }
    try (var batches = Files.newDirectoryStream(log, "[0-9]*")) {
      for (var batch : batches) {
        for (var line : Files.readAllLines(batch)) {
          if (line.startsWith("{")) {
            files.add(JSON.readTree(line).path("path").asText());
          }
        }
      }
    }
    return files;
  }
}
