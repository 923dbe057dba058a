package io.riskstream.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a stream as bytes, each as it is; holds no more than one of them, and that bounded.
 */
final class Lines implements Closeable {
  /** Kafka refuses longer records unless its settings are changed. */
  static final int MOST_BYTES = 1 << 20;

  private final InputStream in;
  private long number;

  Lines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * Returns the next line without its end, or null after the last.
   *
   * @throws LineTooLongException if it has more than {@link #MOST_BYTES}; it is skipped, and the
   *     lines behind it can be read
   */
  byte[] next() throws IOException {
    var next = in.read();
    if (next < 0) {
      return null;
    }
    number++;
    var bytes = new ByteArrayOutputStream(512);
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (bytes.size() <= MOST_BYTES) {
        bytes.write(next);
      }
    }
    if (bytes.size() > MOST_BYTES) {
      throw new LineTooLongException(number, MOST_BYTES);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
