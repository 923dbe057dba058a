package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.state.OperatorIds;
import io.riskstream.testkit.Configs;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.BroadcastPartitioner;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.junit.jupiter.api.Test;

final class RiskPipelineTest {

  @Test
  void everyOperatorHasAUidOfItsOwnFromOperatorIds() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, Configs.unreachable());
    var uids =
        environment.getStreamGraph().getStreamNodes().stream()
            .collect(
                Collectors.toMap(StreamNode::getTransformationUID, StreamNode::getOperatorName));
    var known =
        Arrays.stream(OperatorIds.class.getDeclaredFields())
            .map(RiskPipelineTest::value)
            .collect(Collectors.toSet());
    assertThat(uids).doesNotContainKey(null);
    // Sinks of two phases name their writer as we do and their committer after it.
    assertThat(uids.keySet())
        .allMatch(uid -> known.stream().anyMatch(id -> uid.endsWith(id)), "from OperatorIds");
    assertThat(known).allMatch(id -> uids.keySet().stream().anyMatch(uid -> uid.endsWith(id)));
  }

  @Test
  void allEventsOfAUserMeetInOneState() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, Configs.unreachable());
    var userRisk =
        environment.getStreamGraph().getStreamNodes().stream()
            .filter(node -> OperatorIds.USER_RISK.equals(node.getTransformationUID()))
            .findFirst()
            .orElseThrow();
    @SuppressWarnings("unchecked")
    var key = (KeySelector<UserEvent, String>) userRisk.getStatePartitioners()[0];
    assertThat(key.getKey(purchase("ann", "one", 0))).isEqualTo("ann");
  }

  /** A writer asks for a rebuild of its own users by the number of its subtask. */
  @Test
  void theHotStoreOfASubtaskGetsTheUsersOfThatSubtask() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(3);
    PipelineJob.define(environment, Configs.unreachable());
    var graph = environment.getStreamGraph();
    var hotStore =
        graph.getStreamNodes().stream()
            .filter(
                node -> String.valueOf(node.getTransformationUID()).endsWith(OperatorIds.HOT_STORE))
            .findFirst()
            .orElseThrow();
    assertThat(hotStore.getParallelism()).isEqualTo(3);
    assertThat(hotStore.getInEdges())
        .singleElement()
        .satisfies(
            edge -> {
              assertThat(edge.getPartitioner()).isInstanceOf(ForwardPartitioner.class);
              assertThat(graph.getStreamNode(edge.getSourceId()).getTransformationUID())
                  .isEqualTo(OperatorIds.USER_RISK);
            });
  }

  @Test
  void everySubtaskOfTheUserOperatorSeesTheOneGateOfDocuments() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(3);
    PipelineJob.define(environment, Configs.unreachable());
    var control =
        environment.getStreamGraph().getStreamNodes().stream()
            .filter(node -> OperatorIds.DOCUMENT_GATE.equals(node.getTransformationUID()))
            .findFirst()
            .orElseThrow();
    assertThat(control.getParallelism()).isEqualTo(1);
    assertThat(control.getOutEdges())
        .filteredOn(edge -> edge.getOutputTag() == null)
        .filteredOn(edge -> edge.getPartitioner() instanceof BroadcastPartitioner)
        .hasSize(1);
  }

  @Test
  void entriesForTheAccountsNeverLeaveTheTaskThatMakesThem() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, Configs.unreachable());
    var tasks =
        StreamSupport.stream(
                environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
            .map(JobVertex::getName)
            .toList();
    for (var tallied :
        Map.of(
                OperatorIds.GATE, OperatorIds.GATE_TALLY,
                OperatorIds.USER_RISK, OperatorIds.USER_TALLY)
            .entrySet()) {
      assertThat(tasks)
          .filteredOn(task -> task.contains(tallied.getValue()))
          .singleElement()
          .asString()
          .contains(tallied.getKey());
    }
  }

  @Test
  void theNumberOfKeyGroupsIsTheConfiguredOne() {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var config = Configs.unreachable();
    PipelineJob.define(environment, config);
    assertThat(environment.getMaxParallelism()).isEqualTo(config.job().maxParallelism());
  }

  @Test
  void noStreamFallsBackToKryo() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, Configs.unreachable());
    assertThat(environment.getConfig().getSerializerConfig().hasGenericTypesDisabled()).isTrue();
    for (var node : environment.getStreamGraph().getStreamNodes()) {
      assertThat(String.valueOf(node.getTypeSerializerOut())).doesNotContain("Kryo");
    }
  }

  private static String value(java.lang.reflect.Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException hidden) {
      throw new AssertionError(hidden);
    }
  }
}
