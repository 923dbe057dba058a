package io.riskstream.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.chaos.fault.kind.Faults;
import io.riskstream.chaos.stage.DiskPlace;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faults as a scenario names them. */
class FaultsTest {
  @Test
  void makesEveryKind() {
    for (var what : new String[] {"task-manager", "job-manager", "broker", "redis", "registry"}) {
      assertThat(Faults.of("kill", Map.of("what", what, "for", "3s"))).isNotNull();
      assertThat(Faults.of("pause", Map.of("what", what, "for", "3s"))).isNotNull();
    }
    Faults.of("kill", Map.of("what", "redis", "back", "old-data"));
    Faults.of("kill", Map.of("what", "task-manager", "when", "checkpointed"));
    Faults.of("cut", Map.of("what", "broker", "how", "black-hole"));
    Faults.of("slow", Map.of("what", "redis", "by", "300ms"));
    Faults.of("kill-in-commit", Map.of("times", "2"));
    Faults.of("kill-in-savepoint", Map.of());
    assertThat(Faults.words())
        .containsExactlyInAnyOrder(
            "kill", "pause", "cut", "slow", "fill", "kill-in-commit", "kill-in-savepoint");
  }

  @Test
  void wantsASmallDiskForWhatIsFilled() {
    assertThat(Faults.of("fill", Map.of("what", "lake")).smallDisk()).contains(DiskPlace.LAKE);
    assertThat(Faults.of("cut", Map.of("what", "redis")).smallDisk()).isEmpty();
  }

  @Test
  void namesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> Faults.of("flood", Map.of()))
        .hasMessageContaining("flood")
        .hasMessageContaining("kill-in-commit");
    assertThatThrownBy(() -> Faults.of("kill", Map.of()))
        .hasMessageContaining("what is missing")
        .hasMessageContaining("job-manager");
    assertThatThrownBy(() -> Faults.of("kill", Map.of("what", "moon")))
        .hasMessageContaining("moon")
        .hasMessageContaining("task-manager");
    assertThatThrownBy(() -> Faults.of("slow", Map.of("what", "redis", "by", "slowly")))
        .hasMessageContaining("slowly")
        .hasMessageContaining("500 ms");
    assertThatThrownBy(() -> Faults.of("cut", Map.of("what", "redis", "back", "empty")))
        .hasMessageContaining("back means nothing here");
  }

  @Test
  void doesNotProveAFaultThatHasNotStruck() throws Exception {
    for (var word : Faults.words()) {
      var fault =
          switch (word) {
            case "kill-in-commit", "kill-in-savepoint" -> Faults.of(word, Map.of());
            default -> Faults.of(word, Map.of("what", word.equals("fill") ? "lake" : "broker"));
          };
      assertThat(fault.proof(null)).as(word).isInstanceOf(Proof.Missing.class);
    }
  }
}
