package io.riskstream.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose the samples are. */
class RankingTest {
  private static final String COLLAPSED =
      """
      [user-risk tid=1];org/apache/flink/Task.run;io/riskstream/risk/UserState.unpack_[j];java/util/HashMap.get_[j] 30
      [user-risk tid=1];org/apache/flink/Task.run;io/riskstream/risk/UserState.unpack_[0] 10
      [user-risk tid=1];io/riskstream/a/Outer.call;org/rocksdb/RocksDB.get;io/riskstream/b/Inner$Part.call_[j];libc 5
      [C2 CompilerThread0 tid=2];Compile::Optimize 40
      [rocksdb:low0 tid=3];rocksdb::CompactionJob::Run 10
      [main tid=4];start_thread 5
      """;

  @Test
  void countsForTheMethodOfOursThatIsNearestToTheTop() {
    var ranking = Ranking.of(COLLAPSED.lines());

    assertThat(ranking.samples()).isEqualTo(100);
    assertThat(ranking.rows())
        .containsExactly(
            new Ranking.Row("JIT compiler", 0.4),
            new Ranking.Row("UserState.unpack", 0.4),
            new Ranking.Row("RocksDB in the background", 0.1),
            new Ranking.Row("Inner$Part.call", 0.05),
            new Ranking.Row("other", 0.05));
    assertThat(ranking.text(2))
        .isEqualTo("samples 100\n 40.0 %  JIT compiler\n 40.0 %  UserState.unpack\n");
  }
}
