package io.riskstream.lifecycle.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/** Held by whoever changes a job; the operating system lets go of it with the process. */
public final class RecordLock implements AutoCloseable {
  private final FileChannel channel;

  RecordLock(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
