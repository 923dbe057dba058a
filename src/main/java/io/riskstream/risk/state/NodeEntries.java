package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entries of a {@link TailNode} in scoring order, packed: first a record of fixed length of each,
 * with its timestamp, what it does to a score and the length of its content, then the contents,
 * which begin with the event id. They are searched and summed up as they are, and changed by
 * copying, so that the bytes may be those of a chunk or of the user's head.
 */
final class NodeEntries {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int ADDEND = Long.BYTES;
  private static final int FLOOR = ADDEND + Long.BYTES;
  private static final int CEILING = FLOOR + Integer.BYTES;
  private static final int CONTENT_BYTES = CEILING + Integer.BYTES;
  private static final int RECORD_BYTES = CONTENT_BYTES + Integer.BYTES;

  /** An entry that is to be put among others. */
  @SuppressWarnings("ArrayRecordComponent") // equality is never asked
  record Entry(long timestampMillis, ClampedAddition effect, byte[] content) {}

  private final byte[] bytes;
  private final int records;
  private final int contents;
  private final int end;
  private final int count;

  private NodeEntries(byte[] bytes, int records, int contents, int end, int count) {
    this.bytes = bytes;
    this.records = records;
    this.contents = contents;
    this.end = end;
    this.count = count;
  }

  NodeEntries() {
    this(new byte[0], 0, 0, 0, 0);
  }

  int count() {
    return count;
  }

  long timestampMillis(int index) {
    return (long) LONG.get(bytes, record(index));
  }

  /** Returns what the entry does to a score, as it was put in. */
  ClampedAddition effect(int index) {
    var at = record(index);
    return new ClampedAddition(
        (long) LONG.get(bytes, at + ADDEND),
        (int) INT.get(bytes, at + FLOOR),
        (int) INT.get(bytes, at + CEILING));
  }

  /** Returns what the entries of the range do to a score, one after another. */
  ClampedAddition effect(int from, int to) {
    var addend = 0L;
    var floor = 0;
    var ceiling = Micros.ONE;
    for (var at = record(from); at < record(to); at += RECORD_BYTES) {
      var nextAddend = (long) LONG.get(bytes, at + ADDEND);
      var nextFloor = (int) INT.get(bytes, at + FLOOR);
      var nextCeiling = (int) INT.get(bytes, at + CEILING);
      addend += nextAddend;
      floor = ClampedAddition.apply(floor, nextAddend, nextFloor, nextCeiling);
      ceiling = ClampedAddition.apply(ceiling, nextAddend, nextFloor, nextCeiling);
    }
    return new ClampedAddition(addend, floor, ceiling);
  }

  /** Returns a reader of the content, which stands at its beginning. */
  PackedReader content(int index) {
    var in = new PackedReader(bytes);
    in.moveTo(contentAt(index));
    return in;
  }

  /** Returns how many entries are not behind the event, in order. */
  int countTo(PendingEvent event) {
    var low = 0;
    var high = count;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (compare(middle, event) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns how many entries are before the line. */
  int countBefore(long line) {
    var before = 0;
    while (before < count && timestampMillis(before) < line) {
      before++;
    }
    return before;
  }

  /** Compares the entry's place in order with the event's. */
  int compare(int index, PendingEvent event) {
    var byTime = Long.compare(timestampMillis(index), event.timestampMillis());
    if (byTime != 0) {
      return byTime;
    }
    var in = content(index);
    var length = in.readLength();
    var from = in.position();
    var id = event.eventIdUtf8();
    return Arrays.compareUnsigned(bytes, from, from + length, id, 0, id.length);
  }

  NodeEntries range(int from, int to) {
    return new NodeEntries(bytes, record(from), contentAt(from), contentAt(to), to - from);
  }

  /** Returns these entries with those of the range replaced by others. */
  NodeEntries replaced(int from, int to, Entry... others) {
    var changedCount = count - (to - from) + others.length;
    var fromContent = contentAt(from);
    var toContent = contentAt(to);
    var length = changedCount * RECORD_BYTES + (fromContent - contents) + (end - toContent);
    for (var other : others) {
      length += other.content.length;
    }
    var changed = new byte[length];
    System.arraycopy(bytes, records, changed, 0, from * RECORD_BYTES);
    var at = from * RECORD_BYTES;
    for (var other : others) {
      LONG.set(changed, at, other.timestampMillis);
      LONG.set(changed, at + ADDEND, other.effect.addend());
      INT.set(changed, at + FLOOR, other.effect.floor());
      INT.set(changed, at + CEILING, other.effect.ceiling());
      INT.set(changed, at + CONTENT_BYTES, other.content.length);
      at += RECORD_BYTES;
    }
    System.arraycopy(bytes, record(to), changed, at, (count - to) * RECORD_BYTES);
    at = changedCount * RECORD_BYTES;
    System.arraycopy(bytes, contents, changed, at, fromContent - contents);
    at += fromContent - contents;
    for (var other : others) {
      System.arraycopy(other.content, 0, changed, at, other.content.length);
      at += other.content.length;
    }
    System.arraycopy(bytes, toContent, changed, at, end - toContent);
    return new NodeEntries(changed, 0, changedCount * RECORD_BYTES, length, changedCount);
  }

  private int record(int index) {
    return records + index * RECORD_BYTES;
  }

  private int contentAt(int index) {
    var at = contents;
    for (var record = records; record < record(index); record += RECORD_BYTES) {
      at += (int) INT.get(bytes, record + CONTENT_BYTES);
    }
    return at;
  }

  void writeTo(PackedWriter out) {
    out.writeBytes(bytes, records, record(count));
    out.writeBytes(bytes, contents, end);
  }

  /** Reads entries whose bytes stay where they are. */
  static NodeEntries readFrom(PackedReader in) {
    var recordBytes = in.readLength();
    var records = in.position();
    in.moveTo(records + recordBytes);
    var contentBytes = in.readLength();
    var contents = in.position();
    in.moveTo(contents + contentBytes);
    return new NodeEntries(
        in.buffer(), records, contents, contents + contentBytes, recordBytes / RECORD_BYTES);
  }
}
