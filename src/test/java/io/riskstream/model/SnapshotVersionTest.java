package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotVersionTest {
  private static final List<SnapshotVersion> OLDEST_FIRST =
      List.of(
          new SnapshotVersion(0, 0, 0, 0),
          new SnapshotVersion(0, 0, 0, 1),
          new SnapshotVersion(0, 0, 9, 0),
          new SnapshotVersion(0, 0, 10, 0),
          new SnapshotVersion(0, 9, 0, 0),
          new SnapshotVersion(0, 10, Long.MAX_VALUE, Integer.MAX_VALUE),
          new SnapshotVersion(0, 11, 0, 0),
          new SnapshotVersion(0, Long.MAX_VALUE, 0, 0),
          new SnapshotVersion(9, 0, 0, 0),
          new SnapshotVersion(10, 0, 0, 0),
          new SnapshotVersion(Integer.MAX_VALUE, 0, 0, 0));

  @Test
  void ordersByEpochThenRoutedThenLineThenAttempt() {
    assertThat(OLDEST_FIRST.stream().sorted().toList()).isEqualTo(OLDEST_FIRST);
    assertThat(OLDEST_FIRST)
        .allSatisfy(
            one ->
                assertThat(OLDEST_FIRST)
                    .allSatisfy(
                        other ->
                            assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other))));
  }

  @Test
  void theTextsOfVersionsHaveTheSameOrder() {
    assertThat(OLDEST_FIRST.stream().map(SnapshotVersion::sortable).toList())
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(text -> text.length() == 61);
  }

  @Test
  void noLineIsWrittenAsTheOldest() {
    assertThat(new SnapshotVersion(4, 3, Long.MIN_VALUE, 2).sortable())
        .isEqualTo("0000000004-0000000000000000003-0000000000000000000-0000000002");
  }
}
