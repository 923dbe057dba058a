package io.riskstream.packed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes state compactly: unsigned integers as LEB128, signed ones zigzag, big-endian longs. */
public final class PackedWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] buffer = new byte[256];
  private int length;

  /** Forgets what was written and keeps the memory. */
  public PackedWriter reset() {
    length = 0;
    return this;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  public void writeByte(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
  }

  /** Writes a number that is never negative in one byte a seven bits. */
  public void writeUnsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative: " + value);
    }
    writeBits(value);
  }

  /** Writes any number, small ones of either sign in few bytes. */
  public void writeSigned(long value) {
    writeBits((value << 1) ^ (value >> 63));
  }

  public void writeLong(long value) {
    reserve(Long.BYTES);
    LONG.set(buffer, length, value);
    length += Long.BYTES;
  }

  /** Writes the length and the bytes. */
  public void writeBytes(byte[] bytes) {
    writeBytes(bytes, 0, bytes.length);
  }

  /** Writes the length of the range and its bytes. */
  public void writeBytes(byte[] bytes, int from, int to) {
    writeUnsigned(to - from);
    reserve(to - from);
    System.arraycopy(bytes, from, buffer, length, to - from);
    length += to - from;
  }

  /** Writes the text as length and UTF-8. */
  public void writeText(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void writeBits(long bits) {
    reserve(10);
    var rest = bits;
    while ((rest & ~0x7FL) != 0) {
      buffer[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
