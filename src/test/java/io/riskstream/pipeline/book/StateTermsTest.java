package io.riskstream.pipeline.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.rules.Rulesets;
import io.riskstream.testkit.Plans;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the bytes of a state's terms say, over releases. */
final class StateTermsTest {
  private static final StateTerms HERE = terms("control");

  @Test
  void areReadAsTheyWereWritten() {
    assertThat(StateTerms.decode(HERE.encode()).encode()).isEqualTo(HERE.encode());
  }

  /** Layout 1 is this one without the topic, which was its last field. */
  @Test
  void aStateThatDoesNotNameItsTopicIsReadAndFitsAnyOne() {
    var named = HERE.encode();
    var former = Arrays.copyOf(named, named.length - 1 - "control".length());
    former[0] = 1;
    var read = StateTerms.decode(former);
    assertThat(read.encode()).isEqualTo(terms("").encode());
    HERE.checkThatSucceeds(read);
    terms("other").checkThatSucceeds(read);
  }

  @Test
  void aLayoutOfALaterReleaseIsRefused() {
    var later = HERE.encode();
    later[0] = 3;
    assertThatThrownBy(() -> StateTerms.decode(later))
        .hasMessageContaining("layout 3, this version reads up to 2");
  }

  @Test
  void anotherTopicIsRefusedWithTheRemedy() {
    assertThatThrownBy(() -> terms("other").checkThatSucceeds(HERE))
        .hasMessageContaining("kafka.control-topic")
        .hasMessageContaining("topic control, this job has topic other")
        .hasMessageContaining("or start without that state");
  }

  private static StateTerms terms(String controlTopic) {
    return new StateTerms(Rulesets.defaults(), Plans.DEFAULT, controlTopic);
  }
}
