package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has the lock of a file system without locks, and who knows that it is lost. */
@Timeout(30)
final class LeaseTest {
  private static final Lease.Times TIMES =
      new Lease.Times(
          Duration.ofMillis(20),
          Duration.ofMinutes(1),
          Duration.ofMillis(100),
          Duration.ofHours(1));

  @TempDir private Path folder;

  @Test
  void oneThatIsRenewedIsHeldAndGoneOnceGivenBack() throws Exception {
    try (var lease = take(TIMES)) {
      var first = Files.readString(file());
      Await.until("it is renewed", () -> !text().isEmpty() && !text().equals(first));
      assertThat(lease.isLost()).isFalse();
      assertThatThrownBy(() -> take(TIMES))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("another run uses run.state-path");
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void anothersNameIsLeftThereAndSaysThatItIsLost() throws Exception {
    var foreign = "another " + System.currentTimeMillis() + "\n";
    try (var lease = take(TIMES)) {
      write(foreign);
      Await.until(
          "it is lost",
          () -> {
            if (!lease.isLost() && !text().startsWith("another")) {
              write(foreign); // a beat that had read before was in between
            }
            return lease.isLost();
          });
    }
    assertThat(text()).isEqualTo(foreign);
  }

  @Test
  void oneThatCannotBeRenewedForLongIsLost() throws Exception {
    var never =
        new Lease.Times(
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(10),
            Duration.ofMillis(500));
    try (var lease = take(never)) {
      assertThat(lease.isLost()).isFalse();
      Await.until("it is lost", lease::isLost);
    }
  }

  @Test
  void aFailedBeatIsFollowedByOthers() throws Exception {
    try (var lease = take(TIMES)) {
      Await.until(
          "a folder stands in its place",
          () -> {
            try {
              Files.deleteIfExists(file());
              Files.createDirectory(file());
              return true;
            } catch (IOException renewedBetween) {
              return false;
            }
          });
      Await.until("a beat has failed", () -> lease.failedBeats() > 0);
      Files.delete(file());
      Await.until("it is renewed again", () -> Files.isRegularFile(file()) && !text().isEmpty());
      assertThat(lease.isLost()).isFalse();
    }
  }

  @Test
  void oneThatNobodyRenewsLapses() throws Exception {
    write("another " + (System.currentTimeMillis() - 61_000) + "\n");
    try (var lease = take(TIMES)) {
      assertThat(lease.isLost()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "half", "half a line"})
  void aFileThatIsNotWholeIsReadAgain(String text) throws Exception {
    write(text);
    var patient =
        new Lease.Times(
            Duration.ofMillis(20),
            Duration.ofMinutes(1),
            Duration.ofSeconds(3),
            Duration.ofHours(1));
    var writing =
        new Thread(() -> write("another " + System.currentTimeMillis() + "\n"), "the other");
    writing.start();
    assertThatThrownBy(() -> take(patient)).isInstanceOf(RunException.class);
    writing.join();
    assertThat(text()).startsWith("another");
  }

  private Lease take(Lease.Times times) throws IOException, RunException {
    return Lease.take(new org.apache.flink.core.fs.Path(file().toUri()), folder.toString(), times);
  }

  private Path file() {
    return folder.resolve(".lock");
  }

  private void write(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private String text() {
    try {
      return Files.readString(file());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
