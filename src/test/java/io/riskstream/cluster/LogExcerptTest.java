package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a message says of a log. */
class LogExcerptTest {
  private static final String STARTING =
      """
      2026-01-01T00:00:01.000 INFO  Runner [main] Starting
      2026-01-01T00:00:02.000 ERROR ConnectionState [main] Authentication failed
      """;
  private static final String FAILED =
      """
      2026-01-01T00:00:03.000 ERROR Runner [main] Terminating with exit code 1.
      org.example.FailedException: Failed to start.
      \tat org.example.Runner.main(Runner.java:504)
      Caused by: java.net.BindException: Address already in use
      \t... 12 more
      """;
  private static final String ENDING =
      """
      2026-01-01T00:00:04.000 ERROR Handler [dispatcher] FATAL: uncaught exception.
      java.lang.NoClassDefFoundError: org/example/Gone
      2026-01-01T00:00:05.000 ERROR Handler [dispatcher] Thread dump:
      "dispatcher-10" prio=5 Id=33 RUNNABLE
      \tat org.example.Dispatcher.run(Dispatcher.java:12)
      """;

  @Test
  void isTheFirstErrorWithAnExceptionAndItsCauses() {
    assertThat(LogExcerpt.reasonOfEnd((STARTING + FAILED + ENDING).lines()))
        .isEqualTo(
            """
            2026-01-01T00:00:03.000 ERROR Runner [main] Terminating with exit code 1.
            org.example.FailedException: Failed to start.
            Caused by: java.net.BindException: Address already in use""");
  }

  @Test
  void isTheLastLinesWhereNoExceptionIsThere() {
    var many = IntStream.range(0, 30).mapToObj(number -> "line " + number);

    assertThat(LogExcerpt.reasonOfEnd(many).lines()).hasSize(20).last().isEqualTo("line 29");
    assertThat(LogExcerpt.reasonOfEnd(STARTING.lines())).isEqualTo(STARTING.strip());
  }
}
