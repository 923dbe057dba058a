package io.riskstream.pipeline.faults;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * Puts a place to fail into every source, operator and sink of a job that is defined and not yet
 * submitted: each is replaced by a proxy that makes the same calls, and reports them to {@link
 * Faults}. The job's own code is unchanged.
 */
final class Sabotage {
  private Sabotage() {}

  /** Returns the uids of the components that now have such places. */
  static Set<String> of(StreamExecutionEnvironment environment) {
    var all = new LinkedHashSet<Transformation<?>>();
    for (var transformation : environment.getTransformations()) {
      all.addAll(transformation.getTransitivePredecessors());
    }
    var components = new LinkedHashSet<String>();
    for (var transformation : all) {
      if (place(transformation)) {
        components.add(transformation.getUid());
      }
    }
    return components;
  }

  private static boolean place(Transformation<?> transformation) {
    var uid = transformation.getUid();
    if (transformation instanceof SourceTransformation<?, ?, ?> source) {
      replace(source, "source", proxy(uid, source.getSource()));
    } else if (transformation instanceof SinkTransformation<?, ?> sink) {
      replace(sink, "sink", proxy(uid, sink.getSink()));
    } else if (transformation instanceof OneInputTransformation<?, ?> operator) {
      replace(operator, "operatorFactory", new OneInput<>(uid, operator.getOperatorFactory()));
    } else if (transformation instanceof TwoInputTransformation<?, ?, ?> operator) {
      replace(operator, "operatorFactory", new TwoInput<>(uid, operator.getOperatorFactory()));
    } else {
      return false;
    }
    return true;
  }

  private static void replace(Object owner, String name, Object value) {
    try {
      Field field = owner.getClass().getDeclaredField(name);
      field.setAccessible(true);
      field.set(owner, value);
    } catch (ReflectiveOperationException otherFlink) {
      throw new IllegalStateException(owner.getClass() + " has no " + name, otherFlink);
    }
  }

  /** Returns an object with all interfaces of the target, that calls it. */
  @SuppressWarnings("unchecked")
  private static <T> T proxy(String component, T target) {
    var interfaces = new LinkedHashSet<Class<?>>();
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (var implemented : type.getInterfaces()) {
        interfaces.add(implemented);
      }
    }
    return (T)
        Proxy.newProxyInstance(
            Sabotage.class.getClassLoader(),
            interfaces.toArray(Class<?>[]::new),
            new Calls(component, target));
  }

  /** Makes the calls; what writes, commits or reads on behalf of the target is a proxy too. */
  private record Calls(String component, Object target) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      Faults.pass(component, method.getName(), false);
      Object result;
      try {
        method.setAccessible(true);
        result = method.invoke(target, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
      Faults.pass(component, method.getName(), true);
      return result instanceof SinkWriter
              || result instanceof Committer
              || result instanceof SourceReader
          ? proxy(component, result)
          : result;
    }
  }

  /** Makes the operator that another factory makes, behind a proxy. */
  private abstract static class Wrapped<OUT> extends AbstractStreamOperatorFactory<OUT> {
    private static final long serialVersionUID = 1L;

    private final String component;
    private final StreamOperatorFactory<OUT> inner;

    Wrapped(String component, StreamOperatorFactory<OUT> inner) {
      this.component = component;
      this.inner = inner;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Flink's own signature
    public <T extends StreamOperator<OUT>> T createStreamOperator(
        StreamOperatorParameters<OUT> parameters) {
      if (inner instanceof AbstractStreamOperatorFactory<OUT> factory) {
        factory.setProcessingTimeService(processingTimeService);
      }
      T operator = inner.createStreamOperator(parameters);
      return proxy(component, operator);
    }

    @Override
    public void setChainingStrategy(ChainingStrategy strategy) {
      inner.setChainingStrategy(strategy);
    }

    @Override
    public ChainingStrategy getChainingStrategy() {
      return inner.getChainingStrategy();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
      return inner.getStreamOperatorClass(classLoader);
    }
  }

  private static final class OneInput<IN, OUT> extends Wrapped<OUT>
      implements OneInputStreamOperatorFactory<IN, OUT> {
    private static final long serialVersionUID = 1L;

    OneInput(String component, StreamOperatorFactory<OUT> inner) {
      super(component, inner);
    }
  }

  private static final class TwoInput<IN1, IN2, OUT> extends Wrapped<OUT>
      implements TwoInputStreamOperatorFactory<IN1, IN2, OUT> {
    private static final long serialVersionUID = 1L;

    TwoInput(String component, StreamOperatorFactory<OUT> inner) {
      super(component, inner);
    }
  }
}
