package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pipeline refuses before it asks any server. */
final class PipelineCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mode=batch                        | write continuous, available-now or interval=10m",
        "--mode=interval                     | write continuous, available-now or interval=10m",
        "--mode=interval=10                  | '10' has no unit",
        "--mode=interval=0s                  | more than nothing",
        "--drain                             | goes with --mode available-now",
        "--mode=interval=1h --drain          | goes with --mode available-now",
        "--time-limit=1h                     | goes with --mode available-now or interval",
        "--mode=available-now                | run.state-path is not set",
        "--mode=interval=1h --time-limit=30s | run.state-path is not set",
      })
  void saysWhatDoesNotGoTogether(String arguments, String expected) {
    var run = pipeline(arguments);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(expected);
  }

  private static CommandLineRun pipeline(String arguments) {
    var all = new ArrayList<>(List.of("pipeline"));
    all.addAll(List.of(arguments.split(" ")));
    all.addAll(
        List.of(
            "-Dkafka.bootstrap-servers=127.0.0.1:1",
            "-Dlake.path=/no-lake",
            "-Dhot-store.uri=redis://127.0.0.1:1"));
    return CommandLineRun.of(all.toArray(String[]::new));
  }
}
