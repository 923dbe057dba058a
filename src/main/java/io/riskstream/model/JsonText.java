package io.riskstream.model;

/**
 * Strings in canonical JSON: escaped as RFC 8259 requires and no further, with the two-character
 * forms where they exist (docs/semantics.md section 3).
 */
public final class JsonText {
  private static final String HEX = "0123456789ABCDEF";

  private JsonText() {}

  /** Appends the text in quotes. */
  public static void append(StringBuilder json, CharSequence text) {
    json.append('"');
    for (var index = 0; index < text.length(); index++) {
      var unit = text.charAt(index);
      switch (unit) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (unit < 0x20) {
            json.append("\\u00").append(HEX.charAt(unit >> 4)).append(HEX.charAt(unit & 0xF));
          } else {
            json.append(unit);
          }
        }
      }
    }
    json.append('"');
  }
}
