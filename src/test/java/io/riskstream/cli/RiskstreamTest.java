package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every command shares: version, help, and how failures are told. */
class RiskstreamTest {
  private static final String[] UNRESOLVABLE = {
    "pipeline",
    "-Dkafka.bootstrap-servers=absent.invalid:1",
    "-Dlake.path=file:///lake",
    "-Dhot-store.uri=redis://localhost:6379"
  };

  @Test
  void printsItsVersion() {
    assertThat(CommandLineRun.of("--version").out())
        .matches("riskstream \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void hasHelpOnEveryCommand() {
    for (var command : Riskstream.commandLine().getSubcommands().keySet()) {
      var run = CommandLineRun.of(command, "--help");

      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("--stacktrace", "--help", "riskstream " + command);
    }
  }

  @Test
  void refusesWrongArgumentsWithStatusTwo() {
    var run = CommandLineRun.of("pipe");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("riskstream pipeline");
  }

  @Test
  void tellsAFailureInSentencesWithoutAStackTrace() {
    var run = CommandLineRun.of(UNRESOLVABLE);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("riskstream pipeline: the job cannot start:\n")
        .contains("absent.invalid:1")
        .doesNotContain("\tat ");
  }

  @Test
  void printsTheStackTraceAfterTheSentenceWhereAsked() {
    var arguments = new ArrayList<>(List.of(UNRESOLVABLE));
    arguments.add("--stacktrace");

    assertThat(CommandLineRun.of(arguments.toArray(String[]::new)).err())
        .startsWith("riskstream pipeline: the job cannot start:\n")
        .contains("\tat io.riskstream.cli.PipelineCommand");
  }

  @Test
  void tellsAllProblemsOfAConfiguration() {
    var run = CommandLineRun.of("pipeline", "-Dhot-store.epoch=-1");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("riskstream pipeline: the configuration has 4 problems:\n")
        .contains("hot-store.epoch = -1 (-D)");
  }

  @Test
  void refusesAReasonThatTheJobWouldRefuse() {
    var run =
        CommandLineRun.of(
            "hot", "rebuild", "--reason", "x".repeat(1_001), "-Dhot-store.uri=redis://127.0.0.1:1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--reason is longer than 1000 characters", "shorten it");
  }
}
