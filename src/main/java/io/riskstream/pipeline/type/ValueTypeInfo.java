package io.riskstream.pipeline.type;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of an immutable value with a hand-written serializer; no key, opaque to Flink. */
public final class ValueTypeInfo<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> typeClass;
  private final ValueSerializer<T> serializer;

  public ValueTypeInfo(Class<T> typeClass, ValueSerializer<T> serializer) {
    this.typeClass = Objects.requireNonNull(typeClass, "typeClass");
    this.serializer = Objects.requireNonNull(serializer, "serializer");
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<T> getTypeClass() {
    return typeClass;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public String toString() {
    return "Value<" + typeClass.getSimpleName() + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ValueTypeInfo<?> type
        && typeClass.equals(type.typeClass)
        && serializer.equals(type.serializer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(typeClass, serializer);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ValueTypeInfo<?>;
  }
}
