package io.riskstream.ops.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bytes of strangers on a terminal. */
class ShownBytesTest {
  @Test
  void textIsShownAsText() {
    assertThat(shown("{\"user_id\":\"zoë 😀\"}")).isEqualTo("{\"user_id\":\"zoë 😀\"}");
    assertThat(shown("")).isEmpty();
  }

  @Test
  void nothingThatMovesACursorGetsThrough() {
    assertThat(shown("a\u001b[2Jb\r\n\u202ec")).isEqualTo("a\\u001b[2Jb\\u000d\\u000a\\u202ec");
  }

  @Test
  void whatIsNoUtf8IsDumped() {
    var bytes = "0123456789abcdef!".getBytes(StandardCharsets.UTF_8);
    bytes[1] = (byte) 0xff;

    assertThat(ShownBytes.of(bytes).lines())
        .containsExactly(
            "00000000  30 ff 32 33 34 35 36 37 38 39 61 62 63 64 65 66  |0.23456789abcdef|",
            "00000010  21                                               |!|");
  }

  private static String shown(String text) {
    return ShownBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
