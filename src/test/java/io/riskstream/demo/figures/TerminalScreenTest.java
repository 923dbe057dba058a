package io.riskstream.demo.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table that is repainted in its place, and where it is not. */
class TerminalScreenTest {
  private final ByteArrayOutputStream painted = new ByteArrayOutputStream();
  private final TerminalScreen screen =
      new TerminalScreen(new PrintStream(painted, true, StandardCharsets.UTF_8));

  @Test
  void repaintsTheTableInItsPlace() {
    screen.line("lake /lake");
    show("one", "two", "three");
    show("uno", "due");
    assertThat(text())
        .startsWith("lake /lake\n")
        .contains("three\n\u001b[J\u001b[3A\u001b[2Kuno\n\u001b[2Kdue\n\u001b[J");
  }

  @Test
  void leavesALineAboveTheNextTable() {
    show("one");
    screen.line("verdict");
    show("two");
    assertThat(text()).endsWith("verdict\n\u001b[2Ktwo\n\u001b[J");
  }

  @Test
  void cutsARowThatWouldWrap() {
    show("x".repeat(500));
    assertThat(text().lines().findFirst().orElseThrow()).hasSizeLessThan(110).endsWith("…");
  }

  @Test
  void isUsedOnATerminalOnly() {
    var usual = Map.of("TERM", "xterm-256color");
    assertThat(TerminalScreen.isUsable(true, usual)).isTrue();
    assertThat(TerminalScreen.isUsable(false, usual)).isFalse();
    assertThat(TerminalScreen.isUsable(true, Map.of("TERM", "dumb"))).isFalse();
    assertThat(TerminalScreen.isUsable(true, Map.of())).isFalse();
    assertThat(TerminalScreen.isUsable(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
  }

  private void show(String... rows) {
    screen.figures(
        () -> {
          throw new AssertionError("no line on a terminal");
        },
        () -> List.of(rows));
  }

  private String text() {
    return painted.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
