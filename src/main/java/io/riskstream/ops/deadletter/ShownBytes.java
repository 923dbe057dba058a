package io.riskstream.ops.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of unknown origin in a form that a terminal can be given: as text where they are UTF-8,
 * else as a hex dump. No control character gets through.
 */
public final class ShownBytes {
  private static final int BYTES_A_LINE = 16;

  private ShownBytes() {}

  /** Returns the bytes as text, or else as a hex dump of several lines. */
  public static String of(byte[] bytes) {
    try {
      return printable(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException noText) {
      return hexDump(bytes);
    }
  }

  /** Returns the text with its control characters and line separators as {@code \\uXXXX}. */
  public static String printable(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              switch (Character.getType(character)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    shown.append(escaped(character));
                default -> shown.appendCodePoint(character);
              }
            });
    return shown.toString();
  }

  private static String escaped(int character) {
    var units = new StringBuilder();
    for (var unit : Character.toChars(character)) {
      units.append("\\u%04x".formatted((int) unit));
    }
    return units.toString();
  }

  private static String hexDump(byte[] bytes) {
    var dump = new StringBuilder();
    for (var from = 0; from < bytes.length; from += BYTES_A_LINE) {
      var hex = new StringBuilder();
      var text = new StringBuilder();
      for (var at = from; at < Math.min(from + BYTES_A_LINE, bytes.length); at++) {
        hex.append("%02x ".formatted(bytes[at]));
        text.append(bytes[at] >= ' ' && bytes[at] < 127 ? (char) bytes[at] : '.');
      }
      dump.append("%08x  %-48s |%s|%n".formatted(from, hex, text));
    }
    return dump.toString().stripTrailing();
  }
}
