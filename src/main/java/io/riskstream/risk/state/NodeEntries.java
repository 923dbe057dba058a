package io.riskstream.risk.state;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.Arrays;

/**
 * The entries of a {@link TailNode} in scoring order, packed: each is its length, its timestamp, its
 * event id and what its node keeps there. They are looked through as they are, and changed by
 * copying, so that the bytes may be those of a chunk or of the user's head.
 */
final class NodeEntries {
  private byte[] bytes;
  private int from;
  private int to;
  private int count;

  private NodeEntries(byte[] bytes, int from, int to, int count) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.count = count;
  }

  NodeEntries() {
    this(new byte[0], 0, 0, 0);
  }

  int count() {
    return count;
  }

  Cursor cursor() {
    return new Cursor();
  }

  /** Replaces that many entries, which lie in this range of the bytes, by others. */
  void replace(int start, int end, int replaced, byte[]... others) {
    var length = 0;
    for (var other : others) {
      length += other.length;
    }
    var changed = new byte[to - from - (end - start) + length];
    System.arraycopy(bytes, from, changed, 0, start - from);
    var at = start - from;
    for (var other : others) {
      System.arraycopy(other, 0, changed, at, other.length);
      at += other.length;
    }
    System.arraycopy(bytes, end, changed, at, to - end);
    bytes = changed;
    from = 0;
    to = changed.length;
    count += others.length - replaced;
  }

  /** Keeps the first so many entries and returns the others. */
  NodeEntries splitAfter(int kept) {
    var cursor = cursor();
    for (var index = 0; index < kept; index++) {
      cursor.next();
    }
    var others = new NodeEntries(bytes, cursor.end, to, count - kept);
    to = cursor.end;
    count = kept;
    return others;
  }

  /** Drops the first so many entries, which end there. */
  void dropFirst(int dropped, int end) {
    from = end;
    count -= dropped;
  }

  /** Packs one entry, by what the writer is given: its content without its length. */
  static byte[] packed(PackedWriter content) {
    var bytes = content.toByteArray();
    content.reset().writeBytes(bytes);
    return content.toByteArray();
  }

  void writeTo(PackedWriter out) {
    out.writeUnsigned(count);
    out.writeBytes(bytes, from, to);
  }

  /** Reads entries whose bytes stay where they are. */
  static NodeEntries readFrom(PackedReader in) {
    var count = Math.toIntExact(in.readUnsigned());
    var length = in.readLength();
    var from = in.position();
    in.moveTo(from + length);
    return new NodeEntries(in.buffer(), from, from + length, count);
  }

  /** Goes from entry to entry, and stands before the first one at the beginning. */
  final class Cursor {
    private final byte[] seen = bytes;
    private final int last = to;
    private final PackedReader in = new PackedReader(seen);
    private int start = from;
    private int end = from;
    private long timestampMillis;
    private int idFrom;
    private int idTo;

    /** Goes to the next entry; after the last one to where another would begin. */
    boolean next() {
      start = end;
      if (end == last) {
        return false;
      }
      in.moveTo(start);
      var length = in.readLength();
      end = in.position() + length;
      timestampMillis = in.readLong();
      var idLength = in.readLength();
      idFrom = in.position();
      idTo = idFrom + idLength;
      return true;
    }

    int start() {
      return start;
    }

    int end() {
      return end;
    }

    long timestampMillis() {
      return timestampMillis;
    }

    /** Compares the entry's place in order with the event's. */
    int compareTo(PendingEvent event) {
      var byTime = Long.compare(timestampMillis, event.timestampMillis());
      var id = event.eventIdUtf8();
      return byTime != 0
          ? byTime
          : Arrays.compareUnsigned(seen, idFrom, idTo, id, 0, id.length);
    }

    byte[] eventIdUtf8() {
      return Arrays.copyOfRange(seen, idFrom, idTo);
    }

    /** Returns the reader of what the node keeps, which stands at its beginning. */
    PackedReader kept() {
      in.moveTo(idTo);
      return in;
    }
  }
}
