package io.riskstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is asked for wrongly is told before anything is started. */
class BenchmarksTest {
  private static final String HOME = "benchmarks.home";

  @TempDir private Path folder;

  @BeforeEach
  void home() {
    System.setProperty(HOME, "..");
  }

  @AfterEach
  void noHome() {
    System.clearProperty(HOME);
  }

  @Test
  void aCaseInWhichNobodyTakesPart() {
    assertThat(told("zipf", "--contenders", "consume")).contains("case zipf is for [riskstream, ");
    assertThat(told("nothing")).contains("there is no case nothing");
    assertThat(told("--contenders", "nobody")).contains("there is no contender nobody, only [");
  }

  @Test
  void anErrorThatIsPlantedInNobody() {
    assertThat(told("hot-user", "--plant-error", "spark")).contains("spark takes part in no case");
    assertThat(told("zipf", "--plant-error", "riskstream")).contains("--plant-error takes one of");
  }

  @Test
  void aLatencyThatCannotBeMeasured() {
    assertThat(told("million-users", "--latency")).contains("--latency begins without any users");
    assertThat(told("uniform", "--rates", "100")).contains("--rates is for --latency and --target");
    assertThat(told("uniform", "--contenders", "spark", "--latency"))
        .contains("--latency needs riskstream");
  }

  @Test
  void aTargetOfWhichTooLittleIsSaid() throws IOException {
    var config = Files.writeString(folder.resolve("mine.yaml"), "kafka.events-topic: mine\n");
    var target = new String[] {"--target", "127.0.0.1:1"};

    assertThat(told(target)).contains("--target needs --rates");
    assertThat(told(with(target, "--rates", "100"))).contains("--target needs --config");
    assertThat(told(with(target, "--rates", "100", "--config", config.toString(), "fifty-rules")))
        .contains("case fifty-rules is not for --target");
    assertThat(told(with(target, "--rates", "100", "--config", config.toString(), "--profile")))
        .contains("--target goes with CASE");
    assertThat(told("--config", config.toString())).contains("--config is for --target");
  }

  @Test
  void resultsThatAreNotThere() {
    assertThat(told("--agree", "one.json", "other.json")).contains("there is no file one.json");
  }

  private static String[] with(String[] arguments, String... more) {
    var all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  private static String told(String... arguments) {
    var told = new StringWriter();
    var command = new CommandLine(new Benchmarks()).setErr(new PrintWriter(told, true));
    assertThat(command.execute(arguments)).isEqualTo(2);
    return told.toString();
  }
}
