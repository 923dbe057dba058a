package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the job of a killed run may still be; no cluster is asked here. */
final class FormerJobTest {
  private static final Configuration HERE = new Configuration();

  @Test
  void oneInTheProcessOfItsCommandIsGoneWhereverTheNextBegins() {
    var local = StartedJob.of(new JobID(1, 2), HERE);
    assertThatCode(() -> FormerJob.requireGone(1, local, HERE)).doesNotThrowAnyException();
    assertThatCode(() -> FormerJob.requireGone(1, local, remote("other", "1")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"local,local", "remote,remote (other:8081)"})
  void oneOnAClusterIsNotTakenForGoneFromElsewhere(String target, String own) {
    var former = StartedJob.of(new JobID(1, 2), remote("first", "8081"));
    var now = target.equals("local") ? HERE : remote("other", "8081");

    assertThatThrownBy(() -> FormerJob.requireGone(3, former, now))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("of run 3")
        .hasMessageContaining("was started on remote (first:8081)")
        .hasMessageContaining("would start on " + own);
  }

  @Test
  void clustersOfKubernetesAndYarnAreToldByTheirIds() {
    var pods =
        Configuration.fromMap(
            Map.of("execution.target", "kubernetes-session", "kubernetes.cluster-id", "blue"));
    assertThat(StartedJob.of(new JobID(1, 2), pods).place()).isEqualTo("kubernetes-session (blue)");
  }

  private static Configuration remote(String address, String port) {
    return Configuration.fromMap(
        Map.of("execution.target", "remote", "rest.address", address, "rest.port", port));
  }
}
