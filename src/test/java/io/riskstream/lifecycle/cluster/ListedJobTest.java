package io.riskstream.lifecycle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedJobTest {
  private static final ListedJob RUNS = new ListedJob("a1", "riskstream", JobState.RUNNING);
  private static final ListedJob ENDED = new ListedJob("b2", "riskstream", JobState.FINISHED);
  private static final ListedJob OTHER = new ListedJob("c3", "other", JobState.RESTARTING);

  @Test
  void withoutANameTheOnlyJobThatHasNotEndedIsMeant() throws Exception {
    assertThat(choose(List.of(ENDED, RUNS), null)).isEqualTo(RUNS);
  }

  @Test
  void aNameMeansTheJobThatHasNotEnded() throws Exception {
    assertThat(choose(List.of(ENDED, RUNS, OTHER), "riskstream")).isEqualTo(RUNS);
    assertThat(choose(List.of(ENDED, RUNS, OTHER), "c3")).isEqualTo(OTHER);
    assertThat(choose(List.of(ENDED, RUNS), "b2")).isEqualTo(ENDED);
  }

  @Test
  void betweenTwoItDoesNotGuessButNamesBoth() {
    assertThatThrownBy(() -> choose(List.of(RUNS, OTHER), null))
        .hasMessageContainingAll("2 jobs", "a1 riskstream", "c3 other", "give the id");
  }

  @Test
  void anUnknownJobIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> choose(List.of(RUNS), "zz"))
        .hasMessageContainingAll("no job zz", "a1 riskstream (RUNNING)");
    assertThatThrownBy(() -> choose(List.of(ENDED), null))
        .hasMessageContainingAll("no job runs", "here:1", "submit");
  }

  private static ListedJob choose(List<ListedJob> jobs, String wanted) throws Exception {
    return ListedJob.choose(jobs, wanted, "here:1");
  }
}
