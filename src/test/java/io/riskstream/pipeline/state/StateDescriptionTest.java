package io.riskstream.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.CodeVersion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.testkit.Configs;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class StateDescriptionTest {
  private static final StateDescription FORMER =
      new StateDescription(
          "1.0", 128, List.of(new StateLayout("users", 2, 1), new StateLayout("gate", 1, 1)));

  @Test
  void aJobSaysItsLayoutsVersionAndKeyGroupsInItsGlobalParameters() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.configure(
        Configuration.fromMap(Map.of("pipeline.global-job-parameters", "owner:somebody")));
    var config = Configs.unreachable();
    PipelineJob.define(environment, config);
    var parameters = shipped(environment).getGlobalJobParameters().toMap();
    assertThat(parameters)
        .containsEntry("owner", "somebody")
        .containsEntry("riskstream.version", CodeVersion.read())
        .containsEntry("riskstream.max-parallelism", "128");
    assertThat(parameters.get("riskstream.state")).contains("user-risk=3", "hot-store=2:1");
    assertThat(StateDescription.of(parameters))
        .contains(StateDescription.ofThisVersion(config.job().maxParallelism()));
  }

  /** As a cluster gets it. */
  private static ExecutionConfig shipped(StreamExecutionEnvironment environment) throws Exception {
    return environment
        .getStreamGraph()
        .getJobGraph()
        .getSerializedExecutionConfig()
        .deserializeValue(StateDescriptionTest.class.getClassLoader());
  }

  @Test
  void aJobWithoutTheParametersSaysNothing() {
    assertThat(StateDescription.of(Map.of("owner", "somebody"))).isEmpty();
  }

  @Test
  void aJobGoesOnFromLayoutsThatItReads() {
    var next =
        new StateDescription(
            "1.1",
            128,
            List.of(
                new StateLayout("users", 3, 1),
                new StateLayout("gate", 1, 1),
                new StateLayout("more", 1, 1)));
    assertThat(next.problemsAfter(FORMER)).isEmpty();
    assertThat(FORMER.problemsAfter(FORMER)).isEmpty();
  }

  @Test
  void aJobThatReadsNewerLayoutsOnlyNamesUidBothLayoutsAndTheRemedy() {
    var next =
        new StateDescription(
            "2.0", 128, List.of(new StateLayout("users", 5, 3), new StateLayout("gate", 1, 1)));
    assertThat(next.problemsAfter(FORMER))
        .containsExactly(
            "users: the state has layout 2, of version 1.0; version 2.0 reads layouts 3 to 5; take a"
                + " version that reads layout 2 too, or start without that state");
  }

  /** A user's bytes are written anew at the user's next event, which may never come. */
  @Test
  void aLayoutThatTheFormerJobStillReadMustBeReadOn() {
    var next =
        new StateDescription(
            "1.2", 128, List.of(new StateLayout("users", 3, 2), new StateLayout("gate", 1, 1)));
    assertThat(next.problemsAfter(FORMER))
        .containsExactly(
            "users: the state may still hold layout 1, of version 1.0; version 1.2 reads layouts 2"
                + " to 3; take a version that reads layout 1 too, or start without that state");
  }

  @Test
  void anOlderVersionDoesNotGoOnFromANewerLayout() {
    var older =
        new StateDescription(
            "0.9", 128, List.of(new StateLayout("users", 1, 1), new StateLayout("gate", 1, 1)));
    assertThat(older.problemsAfter(FORMER))
        .containsExactly(
            "users: the state has layout 2, of version 1.0; version 0.9 reads layout 1; go on"
                + " with the version that wrote it, or from a savepoint of before");
  }

  @Test
  void aUidThatVanishedAndOtherKeyGroupsAreProblems() {
    var next = new StateDescription("2.0", 64, List.of(new StateLayout("users", 2, 1)));
    assertThat(next.problemsAfter(FORMER))
        .satisfiesExactly(
            groups ->
                assertThat(groups)
                    .isEqualTo(
                        "max-parallelism: the state has 128 key groups, this job has 64; set"
                            + " job.max-parallelism to 128"),
            gate -> assertThat(gate).startsWith("gate: version 1.0 kept state of this uid"));
  }

  @Test
  void aDescriptionIsReadAsItWasWritten() {
    assertThat(StateDescription.decode(FORMER.encode())).isEqualTo(FORMER);
    assertThat(StateDescription.of(FORMER.parameters())).contains(FORMER);
  }

  @Test
  void aLayoutThatIsNoneIsRefusedByName() {
    assertThatThrownBy(() -> StateDescription.of(Map.of("riskstream.state", "users")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'users'");
    assertThatThrownBy(() -> new StateLayout("users", 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users=1:2");
  }
}
