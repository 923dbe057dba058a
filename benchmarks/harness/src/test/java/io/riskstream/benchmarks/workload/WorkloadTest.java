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
  void everyShippedOneCanBeReadInEverySizeThatItIsFor() throws IOException {
    try (var files = Files.newDirectoryStream(SHIPPED, "*.properties")) {
      for (var file : files) {
        for (var size : Size.values()) {
          Workload.read(file, size)
              .ifPresent(workload -> assertThat(workload.records()).isPositive());
        }
      }
    }
    assertThat(read("zipf", Size.SMOKE).zipfExponent()).isEqualTo(1.1);
    assertThat(read("fifty-rules", Size.FULL).settings().get("rules.initial"))
        .endsWith("workloads/fifty-rules.yaml");
  }

  @Test
  void oneUserHasAShareOfAllBesideItsOwn() throws IOException {
    var workload = read("hot-user", Size.FULL);

    assertThat(workload.hotShare()).isEqualTo(0.05);
    assertThat(workload.settings(9_500, 100_000).startTimeMillis()).isEqualTo(90_000);
    var hot = workload.hotUser(500, 100_000);
    assertThat(hot.users()).isEqualTo(1);
    assertThat(hot.startTimeMillis()).isEqualTo(90_000);
  }

  @Test
  void oneThatPeersCannotHandleHasToSayWhoCan() throws IOException {
    var shipped = Files.readString(SHIPPED.resolve("duplicates.properties"));
    var file =
        Files.writeString(
            folder.resolve("mine.properties"), shipped.replace("contenders", "# contenders"));

    assertThatThrownBy(() -> Workload.read(file, Size.QUICK))
        .hasMessageContaining("mine: peers handle ordinary events only");
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

  private static Workload read(String name, Size size) throws IOException {
    return Workload.read(SHIPPED.resolve(name + ".properties"), size).orElseThrow();
  }

  @Test
  void theLastEventIsDueAboutWhenItIsSent() {
    var workload = new Workload("mine", "", 1, 0, 1, 1000, 5_000, 1);

    assertThat(workload.settings(5_000, 100_000).startTimeMillis()).isEqualTo(95_000);
  }
}
