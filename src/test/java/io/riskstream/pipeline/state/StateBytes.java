package io.riskstream.pipeline.state;

import io.riskstream.pipeline.control.GatedDocumentSerializer;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.java.tuple.Tuple;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.api.java.typeutils.runtime.TupleSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.operators.SourceOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;

/**
 * What an operator of the graph keeps, line by line: each state's name, kind and serializer, and
 * the bytes of values that are always the same. No line means no state.
 */
final class StateBytes {
  private static final String OURS = "io.riskstream.";

  private final Set<String> lines = new TreeSet<>();
  private final Set<Class<?>> seen = new HashSet<>();

  private StateBytes() {}

  static Set<String> of(StreamNode node) throws Exception {
    var bytes = new StateBytes();
    var factory = node.getOperatorFactory();
    if (factory instanceof SourceOperatorFactory<?>) {
      bytes.lines.add("a source");
    } else if (factory instanceof SinkWriterOperatorFactory<?, ?> writer) {
      bytes.sink(writer.getSink());
    } else if (factory instanceof SimpleOperatorFactory<?> simple) {
      var operator = simple.getOperator();
      bytes.states(operator.getClass());
      if (operator instanceof AbstractUdfStreamOperator<?, ?> withFunction) {
        bytes.states(withFunction.getUserFunction().getClass());
      }
    }
    return bytes.lines;
  }

  private void sink(Object sink) throws Exception {
    if (sink instanceof SupportsWriterState<?, ?> stateful) {
      versioned("writer", stateful.getWriterStateSerializer());
    }
    if (sink instanceof SupportsCommitter<?> committing) {
      versioned("committer", committing.getCommittableSerializer());
    }
  }

  @SuppressWarnings("unchecked")
  private <T> void versioned(String what, SimpleVersionedSerializer<T> serializer)
      throws Exception {
    var line =
        "%s by %s version %d"
            .formatted(what, serializer.getClass().getName(), serializer.getVersion());
    if (!serializer.getClass().getName().startsWith(OURS)) {
      lines.add(line);
      return;
    }
    var type =
        ((ParameterizedType) serializer.getClass().getGenericInterfaces()[0])
            .getActualTypeArguments()[0];
    lines.add(line + " " + hex(serializer.serialize((T) StateSamples.of(type, 0))));
  }

  /** Those that the class names, and what it holds of ours. */
  private void states(Class<?> holder) throws Exception {
    if (!holder.getName().startsWith(OURS) || !seen.add(holder)) {
      return;
    }
    for (var field : holder.getDeclaredFields()) {
      if (StateDescriptor.class.isAssignableFrom(field.getType())) {
        field.setAccessible(true);
        state((StateDescriptor<?, ?>) field.get(null));
      } else if (!Modifier.isStatic(field.getModifiers())) {
        states(field.getType());
      }
    }
    if (holder.getSimpleName().equals("TaskRulebook")) {
      value("documents", "value", GatedDocumentSerializer.TYPE.createSerializer(CONFIG));
    }
  }

  private static final SerializerConfigImpl CONFIG = new SerializerConfigImpl();

  private void state(StateDescriptor<?, ?> state) throws Exception {
    if (!state.isSerializerInitialized()) {
      state.initializeSerializerUnlessSet(new org.apache.flink.api.common.ExecutionConfig());
    }
    if (state instanceof MapStateDescriptor<?, ?> map) {
      value(state.getName(), "key", map.getKeySerializer());
      value(state.getName(), "value", map.getValueSerializer());
    } else if (state instanceof ListStateDescriptor<?> list) {
      value(state.getName(), "element", list.getElementSerializer());
    } else {
      value(state.getName(), "value", state.getSerializer());
    }
  }

  private <T> void value(String state, String part, TypeSerializer<T> serializer) throws Exception {
    var text = new StringBuilder();
    for (var sample : samples(state, serializer)) {
      var out = new DataOutputSerializer(64);
      @SuppressWarnings("unchecked")
      var value = (T) sample;
      serializer.serialize(value, out);
      text.append(' ').append(hex(out.getCopyOfBuffer()));
    }
    lines.add("%s %s by %s%s".formatted(state, part, serializer.getClass().getSimpleName(), text));
  }

  private static List<?> samples(String state, TypeSerializer<?> serializer) throws Exception {
    return serializer instanceof BytePrimitiveArraySerializer
        ? StateSamples.packed(state)
        : List.of(sample(serializer, 0));
  }

  private static Object sample(TypeSerializer<?> serializer, int number) throws Exception {
    if (serializer instanceof TupleSerializer<?> tuple) {
      var fields = tuple.getFieldSerializers();
      var value = Tuple.newInstance(fields.length);
      for (var index = 0; index < fields.length; index++) {
        value.setField(sample(fields[index], index), index);
      }
      return value;
    }
    if (serializer instanceof PojoSerializer<?> pojo) {
      var type = PojoSerializer.class.getDeclaredField("clazz");
      type.setAccessible(true);
      return StateSamples.of((Class<?>) type.get(pojo), number);
    }
    if (serializer.getClass().getGenericSuperclass() instanceof ParameterizedType of) {
      return StateSamples.of(of.getActualTypeArguments()[0], number);
    }
    throw new IOException("no sample for " + serializer);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
