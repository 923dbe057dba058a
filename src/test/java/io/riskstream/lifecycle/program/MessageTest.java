package io.riskstream.lifecycle.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.lifecycle.program.Message.Kind;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void wordsOfAnyTextComeBack() {
    for (var message :
        new Message[] {
          Message.of(Kind.OPERATOR, "aa", "", "a name of 3 words", "128"),
          Message.of(Kind.PARAMETER, "key", ""),
          Message.of(Kind.FAILED, "two\nlines + 100 %")
        }) {
      assertThat(message.line()).doesNotContain("\n");
      assertThat(Message.parse(message.line())).contains(message);
    }
  }

  @Test
  void whatAProgramPrintsIsNoMessage() {
    assertThat(Message.parse("riskstream: the job cannot start")).isEmpty();
    assertThat(Message.parse("")).isEmpty();
  }
}
