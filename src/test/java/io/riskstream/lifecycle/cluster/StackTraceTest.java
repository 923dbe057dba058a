package io.riskstream.lifecycle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackTraceTest {
  @Test
  void theInnermostCauseWithAMessageIsWhatAPersonReads() {
    var trace =
        """
        java.util.concurrent.CompletionException: wrapped
        \tat a.B.c(B.java:1)
        Caused by: java.lang.IllegalStateException: the disk is full
        \tat a.B.c(B.java:2)
        Caused by: java.lang.Error
        """;

    assertThat(StackTrace.sentence(trace))
        .isEqualTo("java.lang.IllegalStateException: the disk is full");
  }

  @Test
  void aTraceWithoutCausesIsItsFirstLine() {
    assertThat(StackTrace.sentence("java.lang.Error\n\tat a.B.c(B.java:1)\n"))
        .isEqualTo("java.lang.Error");
  }
}
