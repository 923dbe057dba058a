package io.riskstream.benchmarks.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.load.PlannedRecord;
import io.riskstream.load.event.EventFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
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
    assertThat(read("zipf", Size.SMOKE).users().zipfExponent()).isEqualTo(1.1);
    assertThat(read("fifty-rules", Size.FULL).settings().get("rules.initial"))
        .endsWith("workloads/fifty-rules.yaml");
  }

  @Test
  void oneUserHasAShareOfAllBesideItsOwn() throws IOException {
    var workload = read("hot-user", Size.FULL);

    assertThat(workload.users().hotShare()).isEqualTo(0.05);
    var traffic = Traffic.until(100_000, workload, 10_000);
    assertThat(traffic.ordinary().startTimeMillis()).isEqualTo(90_000);
    assertThat(traffic.hot().users()).isEqualTo(1);
    assertThat(traffic.hot().count()).isEqualTo(500);
    assertThat(traffic.hot().startTimeMillis()).isEqualTo(90_000);
    var planned = listOf(traffic.plan(EventFormats.json()));
    assertThat(planned)
        .hasSize(10_000)
        .isSortedAccordingTo(Comparator.comparing(PlannedRecord::sendOffsetNanos));
  }

  @Test
  void eachUserIsKnownByAnEventBeforeAllOthers() {
    var workload = new Workload("mine", "", 1_000, 0, 1, 1000, 5_000, 1);
    var traffic = Traffic.until(100_000, workload, 5_000);

    var known = listOf(new EachUserOnce(traffic));

    assertThat(known).hasSize(1_000);
    assertThat(known.stream().map(record -> new String(record.key(), UTF_8)).distinct())
        .hasSize(1_000);
    assertThat(known.get(0).value()).asString(UTF_8).contains("\"timestamp\":94000");
    assertThat(known.get(999).value()).asString(UTF_8).contains("\"timestamp\":94999");
    assertThat(traffic.startMillis()).isEqualTo(95_000);
  }

  @Test
  void onlyRiskstreamIsGivenUsersBeforehand() throws IOException {
    var shipped = Files.readString(SHIPPED.resolve("ten-million-users.properties"));
    var file =
        Files.writeString(
            folder.resolve("mine.properties"), shipped.replace("riskstream", "spark"));

    assertThatThrownBy(() -> Workload.read(file, Size.FULL))
        .hasMessageContaining("mine: only riskstream goes on from a savepoint");
  }

  @Test
  void oneThatPeersCannotHandleHasToSayWhoCan() throws IOException {
    var shipped = Files.readString(SHIPPED.resolve("duplicates.properties"));
    var file =
        Files.writeString(
            folder.resolve("mine.properties"), shipped.replace("contenders", "# contenders"));

    assertThatThrownBy(() -> Workload.read(file, Size.QUICK))
        .hasMessageContaining("mine: peers handle ordinary events as JSON only");
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

    assertThat(Traffic.until(100_000, workload, 5_000).startMillis()).isEqualTo(95_000);
  }

  private static List<PlannedRecord> listOf(Iterator<PlannedRecord> plan) {
    var planned = new ArrayList<PlannedRecord>();
    plan.forEachRemaining(planned::add);
    return planned;
  }
}
