package io.riskstream.batch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lakes a batch may read and write together. */
final class TwoLakesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "lake, lake",
    "lake, lake/",
    "lake, ./lake",
    "lake, other/../lake",
    "lake, lake/batch",
    "lake/stream, lake"
  })
  void refusesLakesThatAreNotApartHoweverTheyAreWritten(String read, String written) {
    for (var scheme : new String[] {"", "file:", "file://"}) {
      assertThatThrownBy(() -> TwoLakes.check(folder + "/" + read, scheme + folder + "/" + written))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("lake.path");
    }
  }

  @Test
  void takesLakesThatAreApartThoughTheNameOfOneBeginsWithTheOthers() {
    assertThatCode(() -> TwoLakes.check(folder + "/lake", folder.resolve("lake-2").toUri() + ""))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "events/year=2026/month=01/day=01/hour=12/part-1.parquet",
    "ledger/year=2026/month=01/day=01/hour=12/_SEALED",
    "alerts/year=2026/month=01/day=01/hour=12/part-1.parquet",
    "activity/year=2026/month=01/day=01/hour=12/part-1.parquet",
    "aggregated/real-time/year=2026/month=01/day=01/hour=12/part-1.parquet",
    "profiles/year=2026/month=01/day=01/hour=12/part-1.parquet",
    "control/year=2026/month=01/day=01/hour=12/part-1.parquet"
  })
  void refusesToWriteWhereThereAreRows(String file) throws Exception {
    var written = folder.resolve("written");
    Files.createDirectories(written.resolve(file).getParent());
    assertThatCode(() -> TwoLakes.check(folder + "/lake", written.toString()))
        .doesNotThrowAnyException();
    Files.writeString(written.resolve(file), "x");
    assertThatThrownBy(() -> TwoLakes.check(folder + "/lake", written.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("lake.path");
  }
}
