package io.riskstream.testkit;

import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** A task whose one operator's counters can be read by name. */
public final class OperatorCounters {
  private final InterceptingOperatorMetricGroup operator = new InterceptingOperatorMetricGroup();

  /** Returns the environment to open the operator in. */
  public MockEnvironment environment() {
    var task =
        new InterceptingTaskMetricGroup() {
          @Override
          public InternalOperatorMetricGroup getOrAddOperator(
              OperatorID id, String name, Map<String, String> variables) {
            return operator;
          }
        };
    return new MockEnvironmentBuilder().setMetricGroup(task).build();
  }

  /** Returns the count so far. */
  public long count(String name) {
    return ((Counter) operator.get(name)).getCount();
  }
}
