package io.riskstream.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadTest {
  private static final Path SHIPPED = Path.of("../workloads");

  @TempDir Path folder;

  @Test
  void everyShippedOneCanBeReadInEverySize() throws IOException {
    try (var files = Files.list(SHIPPED)) {
      for (var file : files.toList()) {
        for (var size : Size.values()) {
          assertThat(Workload.read(file, size).records()).isPositive();
        }
      }
    }
    assertThat(Workload.read(SHIPPED.resolve("zipf.properties"), Size.SMOKE).zipfExponent())
        .isEqualTo(1.1);
  }

  @Test
  void aMissingKeyIsNamedWithItsFile() throws IOException {
    var file = Files.writeString(folder.resolve("mine.properties"), "title = mine\nusers = 3\n");

    assertThatThrownBy(() -> Workload.read(file, Size.QUICK))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": zipf is missing");
  }

  @Test
  void eventsThatMayShareAMillisecondAreRefused() {
    assertThatThrownBy(() -> new Workload("mine", "", 1, 0, 1, 1001, 1, 1))
        .hasMessageContaining("above 1000");
  }

  @Test
  void theLastEventIsDueAboutWhenItIsSent() {
    var workload = new Workload("mine", "", 1, 0, 1, 1000, 5_000, 1);

    assertThat(workload.settings(5_000, 100_000).startTimeMillis()).isEqualTo(95_000);
  }
}
