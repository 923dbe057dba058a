package io.riskstream.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The lines of a stream, each due as soon as it is there and sent as it is; the key is the line's
 * {@code user_id}, or null where it has none. A thread of its own reads, so that {@link #stop} ends
 * the plan also while the stream gives nothing.
 */
public final class StreamPlan implements Iterator<PlannedRecord> {
  private static final int LINES_AHEAD = 1024;
  private static final long LOOK_MILLIS = 50;

  /** What the reading thread hands over. */
  private sealed interface Read {
    /** A line. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(byte[] bytes) implements Read {}

    /** The end, with the failure that brought it, or null. */
    record End(IOException failureOrNull) implements Read {}
  }

  private final BlockingQueue<Read> queue = new ArrayBlockingQueue<>(LINES_AHEAD);
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong withoutKey = new AtomicLong();
  private final Consumer<String> warnings;
  private volatile boolean stopped;
  private PlannedRecord next;

  /**
   * Starts to read.
   *
   * @param warnings takes a sentence for each line that cannot be sent
   */
  public StreamPlan(InputStream in, Consumer<String> warnings) {
    this.warnings = warnings;
    var reader = new Thread(() -> read(new Lines(in)), "lines");
    reader.setDaemon(true);
    reader.start();
  }

  /** Ends the plan soon; may be called by any thread, at any time. */
  public void stop() {
    stopped = true;
  }

  /** Returns how many lines were too long to be sent. */
  public long refused() {
    return refused.get();
  }

  /** Returns how many planned records have no key. */
  public long withoutKey() {
    return withoutKey.get();
  }

  /**
   * Waits for a line or the end of the stream.
   *
   * @throws UncheckedIOException if the stream cannot be read
   */
  @Override
  public boolean hasNext() {
    while (next == null && !stopped) {
      var read = poll();
      if (read instanceof Read.Line line) {
        next = planned(line.bytes());
      } else if (read instanceof Read.End end) {
        stopped = true;
        if (end.failureOrNull() != null) {
          throw new UncheckedIOException(end.failureOrNull());
        }
      }
    }
    return next != null;
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var planned = next;
    next = null;
    return planned;
  }

  private PlannedRecord planned(byte[] line) {
    var key = EventKey.of(line);
    if (key == null) {
      withoutKey.incrementAndGet();
    }
    return new PlannedRecord(0, RecordKind.INPUT, key, line);
  }

  private Read poll() {
    try {
      return queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stopped = true;
      return null;
    }
  }

  private void read(Lines lines) {
    try (lines) {
      var more = true;
      while (more && !stopped) {
        more = readLine(lines);
      }
      queue.put(new Read.End(null));
    } catch (IOException failed) {
      end(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean readLine(Lines lines) throws IOException, InterruptedException {
    try {
      var line = lines.next();
      if (line != null) {
        queue.put(new Read.Line(line));
      }
      return line != null;
    } catch (LineTooLongException tooLong) {
      refused.incrementAndGet();
      warnings.accept(tooLong.getMessage() + "; it was not sent");
      return true;
    }
  }

  private void end(IOException failure) {
    try {
      queue.put(new Read.End(failure));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
