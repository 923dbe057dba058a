package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The entries of a {@link TailNode} in scoring order, packed: the kind of node, their number, then
 * a record of fixed length of each, with its timestamp, what it does to a score and the length of
 * its content, then the contents, which begin with the event id. They are searched and summed up as
 * they are, and changed by copying once, so that the bytes may be those of a chunk or of the user's
 * head.
 */
final class NodeEntries {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int COUNT = 1;
  private static final int HEADER_BYTES = COUNT + Integer.BYTES;
  private static final int ADDEND = Long.BYTES;
  private static final int FLOOR = ADDEND + Long.BYTES;
  private static final int CEILING = FLOOR + Integer.BYTES;
  private static final int CONTENT_BYTES = CEILING + Integer.BYTES;
  private static final int RECORD_BYTES = CONTENT_BYTES + Integer.BYTES;

  /** An entry that is to be put among others. */
  @SuppressWarnings("ArrayRecordComponent") // equality is never asked
  record Entry(long timestampMillis, ClampedAddition effect, byte[] content) {}

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final int count;

  private NodeEntries(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.count = (int) INT.get(bytes, start + COUNT);
  }

  /** Returns a node's entries before there is one. */
  static NodeEntries none(int kind) {
    var bytes = new byte[HEADER_BYTES];
    bytes[0] = (byte) kind;
    return new NodeEntries(bytes, 0, HEADER_BYTES);
  }

  /** Takes what {@link #packed} returned. */
  static NodeEntries of(byte[] packed) {
    return new NodeEntries(packed, 0, packed.length);
  }

  /** Returns the number by which state tells the kinds of nodes apart. */
  int kind() {
    return bytes[start];
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
    return joined(from, to, to, to);
  }

  /** Returns these entries with another effect of one of them. */
  NodeEntries withEffect(int index, ClampedAddition effect) {
    var changed = Arrays.copyOfRange(bytes, start, end);
    setEffect(changed, HEADER_BYTES + index * RECORD_BYTES, effect);
    return of(changed);
  }

  /** Returns these entries with those of the range replaced by others. */
  NodeEntries replaced(int from, int to, Entry... others) {
    return joined(0, from, to, count, others);
  }

  /** Returns two ranges of these entries, with others between them. */
  private NodeEntries joined(int from, int to, int restFrom, int restTo, Entry... others) {
    var joinedCount = to - from + others.length + restTo - restFrom;
    var content = contentAt(from);
    var contentBytes = contentBytes(from, to);
    var rest = content + contentBytes + contentBytes(to, restFrom);
    var restBytes = restTo == count ? end - rest : contentBytes(restFrom, restTo);
    var length = HEADER_BYTES + joinedCount * RECORD_BYTES + contentBytes + restBytes;
    for (var other : others) {
      length += other.content.length;
    }
    var joined = new byte[length];
    joined[0] = bytes[start];
    INT.set(joined, COUNT, joinedCount);
    var at = HEADER_BYTES;
    at = copy(record(from), (to - from) * RECORD_BYTES, joined, at);
    for (var other : others) {
      LONG.set(joined, at, other.timestampMillis);
      setEffect(joined, at, other.effect);
      INT.set(joined, at + CONTENT_BYTES, other.content.length);
      at += RECORD_BYTES;
    }
    at = copy(record(restFrom), (restTo - restFrom) * RECORD_BYTES, joined, at);
    at = copy(content, contentBytes, joined, at);
    for (var other : others) {
      System.arraycopy(other.content, 0, joined, at, other.content.length);
      at += other.content.length;
    }
    copy(rest, restBytes, joined, at);
    return of(joined);
  }

  private static void setEffect(byte[] target, int record, ClampedAddition effect) {
    LONG.set(target, record + ADDEND, effect.addend());
    INT.set(target, record + FLOOR, effect.floor());
    INT.set(target, record + CEILING, effect.ceiling());
  }

  private int copy(int from, int length, byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, length);
    return at + length;
  }

  private int record(int index) {
    return start + HEADER_BYTES + index * RECORD_BYTES;
  }

  private int contentAt(int index) {
    return record(count) + contentBytes(0, index);
  }

  private int contentBytes(int from, int to) {
    var length = 0;
    for (var at = record(from); at < record(to); at += RECORD_BYTES) {
      length += (int) INT.get(bytes, at + CONTENT_BYTES);
    }
    return length;
  }

  /** Returns the packed node, which the caller may not change. */
  byte[] packed() {
    return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
  }

  void writeTo(PackedWriter out) {
    out.writeBytes(bytes, start, end);
  }

  /** Reads entries whose bytes stay where they are. */
  static NodeEntries readFrom(PackedReader in) {
    var length = in.readLength();
    var start = in.position();
    in.moveTo(start + length);
    return new NodeEntries(in.buffer(), start, start + length);
  }
}
