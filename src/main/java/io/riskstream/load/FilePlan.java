package io.riskstream.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of an NDJSON file, each sent as it is, in the order of the file. The key is the line's
 * {@code user_id}, or null where it has none.
 */
public final class FilePlan implements Iterator<PlannedRecord>, Closeable {
  private final Lines lines;
  private final double nanosPerRecord;
  private final long count;
  private byte[] line;
  private long planned;

  /** Opens the file; at most {@code count} of its lines are sent. */
  public FilePlan(Path file, double ratePerSecond, long count) throws IOException {
    if (!(ratePerSecond > 0)) {
      throw new IllegalArgumentException("the rate cannot be " + ratePerSecond);
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IOException(file + " is no file that can be read");
    }
    this.lines = new Lines(Files.newInputStream(file));
    this.count = count;
    this.nanosPerRecord = 1e9 / ratePerSecond;
    this.line = lines.next();
  }

  @Override
  public boolean hasNext() {
    return line != null && planned < count;
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var value = line;
    try {
      line = lines.next();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var sendOffsetNanos = Math.round(planned++ * nanosPerRecord);
    return new PlannedRecord(sendOffsetNanos, RecordKind.INPUT, EventKey.of(value), value);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
