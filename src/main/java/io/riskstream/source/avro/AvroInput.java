package io.riskstream.source.avro;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads Avro's binary encoding strictly: whatever the bytes claim, no more memory is taken than
 * they have, and reading ends after a bounded number of values.
 */
final class AvroInput {
  /** Most values in a record; types without a byte, such as null, make more than it has bytes. */
  static final int MOST_VALUES = 2 * Limits.RECORD_BYTES;

  /** Longest unscaled number of a decimal, in bytes: below the 1,000 digits of JSON. */
  static final int DECIMAL_BYTES = 400;

  private static final char REPLACEMENT = '\uFFFD';

  private final byte[] bytes;
  private int position;
  private int values;

  /** Reads from the position to the end of the bytes. */
  AvroInput(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Counts a value that begins here. */
  void beginValue() throws Rejection {
    if (++values > MOST_VALUES) {
      throw malformed("more than " + MOST_VALUES + " values");
    }
  }

  boolean readBoolean() throws Rejection {
    var read = readByte();
    if (read != 0 && read != 1) {
      throw malformed("a boolean of " + read);
    }
    return read == 1;
  }

  int readInt() throws Rejection {
    var read = readLong();
    if (read != (int) read) {
      throw malformed("an int of " + read);
    }
    return (int) read;
  }

  long readLong() throws Rejection {
    var zigZag = 0L;
    for (var shift = 0; shift < Long.SIZE; shift += 7) {
      var read = readByte();
      if (shift == 63 && (read & 0xFF) > 1) {
        break;
      }
      zigZag |= (long) (read & 0x7F) << shift;
      if (read >= 0) {
        return (zigZag >>> 1) ^ -(zigZag & 1);
      }
    }
    throw malformed("a number of more than 64 bits");
  }

  float readFloat() throws Rejection {
    return Float.intBitsToFloat((int) readLittleEndian(Float.BYTES));
  }

  double readDouble() throws Rejection {
    return Double.longBitsToDouble(readLittleEndian(Double.BYTES));
  }

  String readString() throws Rejection {
    var length = readLength();
    var start = skip(length);
    var text = new String(bytes, start, length, StandardCharsets.UTF_8);
    // Where the bytes are no UTF-8, the text has the replacement character; it may be meant, too.
    if (text.indexOf(REPLACEMENT) >= 0) {
      checkUtf8(start, length);
    }
    return text;
  }

  byte[] readBytes() throws Rejection {
    return readFixed(readLength());
  }

  byte[] readFixed(int length) throws Rejection {
    var start = skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** Returns the index of a union's branch or an enum's symbol. */
  int readIndex(int choices) throws Rejection {
    var index = readLong();
    if (index < 0 || index >= choices) {
      throw malformed("choice " + index + " of " + choices);
    }
    return (int) index;
  }

  /** Returns how many items the next block of an array or map has; 0 is the end. */
  long readBlock() throws Rejection {
    var count = readLong();
    if (count >= 0) {
      return count;
    }
    readLong(); // the block's size in bytes, for those who skip
    if (count == Long.MIN_VALUE) {
      throw malformed("a block of " + count + " items");
    }
    return -count;
  }

  void expectEnd() throws Rejection {
    if (position != bytes.length) {
      throw malformed(bytes.length - position + " bytes after the record's end");
    }
  }

  Rejection malformed(String problem) {
    return new Rejection(
        RejectionReason.MALFORMED_AVRO,
        "the value does not fit the schema that it names: "
            + problem
            + ", before byte "
            + position);
  }

  private byte readByte() throws Rejection {
    return bytes[skip(1)];
  }

  private int readLength() throws Rejection {
    var length = readLong();
    if (length < 0 || length > bytes.length - position) {
      throw malformed("a length of " + length);
    }
    return (int) length;
  }

  /** Returns where the next bytes start, and stands behind them. */
  private int skip(int length) throws Rejection {
    var start = position;
    if (length > bytes.length - start) {
      throw malformed("it ends too early");
    }
    position = start + length;
    return start;
  }

  private long readLittleEndian(int length) throws Rejection {
    var start = skip(length);
    var bits = 0L;
    for (var at = length - 1; at >= 0; at--) {
      bits = (bits << Byte.SIZE) | (bytes[start + at] & 0xFF);
    }
    return bits;
  }

  private void checkUtf8(int start, int length) throws Rejection {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException noUtf8) {
      throw malformed("a string that is no UTF-8");
    }
  }
}
