package io.riskstream.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link PackedWriter} wrote, in the same order; state that ends too early throws {@link
 * ArrayIndexOutOfBoundsException} or {@link IllegalStateException}.
 */
public final class PackedReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] buffer;
  private int position;

  public PackedReader(byte[] buffer) {
    this.buffer = buffer;
  }

  /** Returns the bytes that are read; the caller may not change them. */
  public byte[] buffer() {
    return buffer;
  }

  /** Returns where in the bytes the next read begins. */
  public int position() {
    return position;
  }

  /** Goes on with what is written there. */
  public void moveTo(int position) {
    this.position = position;
  }

  public int readByte() {
    return buffer[position++];
  }

  public long readUnsigned() {
    var result = 0L;
    for (var shift = 0; shift < Long.SIZE; shift += 7) {
      var next = buffer[position++];
      result |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw new IllegalStateException("state is corrupt: number too long at byte " + position);
  }

  public long readSigned() {
    var bits = readUnsigned();
    return (bits >>> 1) ^ -(bits & 1);
  }

  public long readLong() {
    var value = (long) LONG.get(buffer, position);
    position += Long.BYTES;
    return value;
  }

  /** Reads the length of bytes that follow, all of which are there. */
  public int readLength() {
    var length = Math.toIntExact(readUnsigned());
    if (length > buffer.length - position) {
      throw new IllegalStateException("state is corrupt: text too long at byte " + position);
    }
    return length;
  }

  public byte[] readBytes() {
    var length = readLength();
    var bytes = Arrays.copyOfRange(buffer, position, position + length);
    position += length;
    return bytes;
  }

  public String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }
}
