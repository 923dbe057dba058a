package io.riskstream.source.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what the JSON parser lets through without complaint, it does not. */
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Returns whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates). */
  public static boolean isWellFormed(byte[] bytes) {
    return isAscii(bytes) || decodes(bytes);
  }

  public static boolean startsWithByteOrderMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static boolean isAscii(byte[] bytes) {
    var at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      if (((long) LONG.get(bytes, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < bytes.length; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean decodes(byte[] bytes) {
    try {
      var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return decoded.remaining() <= bytes.length;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  /** Returns the text's length in UTF-8, or -1 if it holds a surrogate without its pair. */
  public static int length(String text) {
    var length = 0;
    for (var at = 0; at < text.length(); at++) {
      var unit = text.charAt(at);
      if (unit < 0x80) {
        length++;
      } else if (unit < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(unit)) {
        length += 3;
      } else if (Character.isHighSurrogate(unit)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        length += 4;
        at++;
      } else {
        return -1;
      }
    }
    return length;
  }
}
