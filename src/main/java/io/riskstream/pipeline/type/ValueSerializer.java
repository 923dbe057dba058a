package io.riskstream.pipeline.type;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A serializer of an immutable value: copies are the value itself, so object reuse is safe.
 *
 * <p>A subclass has no state and brings a {@code SimpleTypeSerializerSnapshot} of its own, a public
 * class with a public constructor without arguments. It does not serialize null.
 */
public abstract class ValueSerializer<T> extends TypeSerializerSingleton<T> {
  private static final long serialVersionUID = 1L;

  /** Writes the value. */
  protected abstract void write(T value, DataOutputView target) throws IOException;

  /** Reads a value equal to the one that was written. */
  protected abstract T read(DataInputView source) throws IOException;

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** Returns null: an immutable value has no empty instance to be filled. */
  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final void serialize(T value, DataOutputView target) throws IOException {
    write(value, target);
  }

  @Override
  public final T deserialize(DataInputView source) throws IOException {
    return read(source);
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return read(source);
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    write(read(source), target);
  }
}
