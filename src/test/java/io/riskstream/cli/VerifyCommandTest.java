package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.ManifestWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} as it is typed, where it has nothing to judge by. */
class VerifyCommandTest {
  private static final String[] ADDRESSES = {
    "-Dkafka.bootstrap-servers=127.0.0.1:1",
    "-Dlake.path=file:///lake",
    "-Dhot-store.uri=redis://127.0.0.1:1"
  };

  @TempDir private Path folder;

  @Test
  void concludesNothingWithoutAManifest() {
    var run = verify(folder.resolve("absent.ndjson"), ADDRESSES);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("cannot be judged: there is no file").contains("absent.ndjson");
    assertThat(run.lastLine()).isEqualTo("verdict: INCONCLUSIVE");
  }

  @Test
  void concludesNothingFromAManifestWithoutAnEnd() throws Exception {
    var file = folder.resolve("manifest.ndjson");
    try (var writer = ManifestWriter.create(file, "events", Map.of())) {
      assertThat(writer.acknowledged()).isZero();
    }

    var run = verify(file, ADDRESSES);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("cannot be judged: the manifest has no end");
    assertThat(run.lastLine()).isEqualTo("verdict: INCONCLUSIVE sent=0");
  }

  @Test
  void namesEveryProblemOfTheConfiguration() {
    var run = verify(folder.resolve("absent.ndjson"), "-Dhot-store.epoch=-1");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("hot-store.epoch", "kafka.bootstrap-servers", "lake.path");
    assertThat(run.lastLine()).isEqualTo("verdict: INCONCLUSIVE");
  }

  private static CommandLineRun verify(Path manifest, String... options) {
    var arguments = new String[options.length + 3];
    arguments[0] = "verify";
    arguments[1] = "--manifest";
    arguments[2] = manifest.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandLineRun.of(arguments);
  }
}
