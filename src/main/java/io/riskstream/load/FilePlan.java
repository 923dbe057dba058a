package io.riskstream.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of an NDJSON file, each sent as it is, in the order of the file. The key is the line's
 * {@code user_id}, or null where it has none.
 */
public final class FilePlan implements Iterator<PlannedRecord>, Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InputStream in;
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
    this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    this.count = count;
    this.nanosPerRecord = 1e9 / ratePerSecond;
    this.line = readLine();
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
      line = readLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    var sendOffsetNanos = Math.round(planned++ * nanosPerRecord);
    return new PlannedRecord(sendOffsetNanos, RecordKind.INPUT, userId(value), value);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static byte[] userId(byte[] line) {
    try {
      var userId = JSON.readTree(line).path("user_id");
      return userId.isTextual() ? userId.textValue().getBytes(StandardCharsets.UTF_8) : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private byte[] readLine() throws IOException {
    var next = in.read();
    if (next < 0) {
      return null;
    }
    var bytes = new ByteArrayOutputStream(512);
    for (; next >= 0 && next != '\n'; next = in.read()) {
      bytes.write(next);
    }
    return bytes.toByteArray();
  }
}
