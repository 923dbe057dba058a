package io.riskstream.benchmarks.latency;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Looks for new visible files of a dataset; what is in them is read afterwards, when it disturbs
 * nobody, and counts as seen when its file was.
 */
final class LakeReader implements Observer.Look {
  private static final long PAUSE_MILLIS = 20;
  private static final long SETTLED_MILLIS = 10_000;
  private static final String EVENT_ID = "event_id";

  private final Path dataset;
  private final OpenProbes probes;
  private final LongSupplier nanos;
  private final Set<Path> known = new HashSet<>();
  private final Map<Path, FileTime> settled = new HashMap<>();
  private final Queue<Found> unread = new ConcurrentLinkedQueue<>();
  private final Configuration hadoop = new Configuration();

  /** A file, and when it was seen first. */
  private record Found(Path file, long nanos) {}

  /**
   * @param probes by event id
   * @param nanos since the start of the load
   */
  LakeReader(Path dataset, OpenProbes probes, LongSupplier nanos) {
    this.dataset = dataset;
    this.probes = probes;
    this.nanos = nanos;
    var idOnly =
        SchemaBuilder.record("EventRow")
            .namespace("io.riskstream.model")
            .fields()
            .requiredString(EVENT_ID)
            .endRecord();
    AvroReadSupport.setRequestedProjection(hadoop, idOnly);
    AvroReadSupport.setAvroReadSchema(hadoop, idOnly);
  }

  @Override
  public void look() throws IOException, InterruptedException {
    list();
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
  }

  /** Passes over the files that are there already. */
  void pass() throws IOException {
    list();
    unread.clear();
  }

  /** Takes note of visible files that were not there before. */
  void list() throws IOException {
    Files.walkFileTree(dataset, new Visitor());
  }

  /** Reads the files that were found since the last call. */
  void read() throws IOException {
    for (var found = unread.poll(); found != null; found = unread.poll()) {
      var path = new org.apache.hadoop.fs.Path(found.file().toUri());
      try (var reader =
          AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(path, hadoop))
              .withDataModel(GenericData.get())
              .build()) {
        for (var row = reader.read(); row != null; row = reader.read()) {
          probes.seen(row.get(EVENT_ID).toString(), 1, found.nanos());
        }
      }
    }
  }

  /** Passes over what is not part of the lake, and what is not there yet or any more. */
  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Set<Path> withFolders = new HashSet<>();

    /** A folder without others in it that has not changed since it was listed has nothing new. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      withFolders.add(folder.getParent());
      return attributes.lastModifiedTime().equals(settled.get(folder))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failedOrNull)
        throws IOException {
      if (failedOrNull != null) {
        return visitFileFailed(folder, failedOrNull);
      }
      try {
        var changed = Files.getLastModifiedTime(folder);
        // What changed just now may change once more under the same time.
        if (!withFolders.contains(folder)
            && System.currentTimeMillis() - changed.toMillis() > SETTLED_MILLIS) {
          settled.put(folder, changed);
        }
      } catch (NoSuchFileException gone) {
        settled.remove(folder);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      var name = file.getFileName().toString();
      if (!name.startsWith(".") && !name.startsWith("_") && known.add(file)) {
        unread.add(new Found(file, nanos.getAsLong()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
      if (failed instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failed;
    }
  }
}
