package io.riskstream.pipeline.window;

import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries sums from the tallies to the windows. */
public final class WindowDeltaSerializer extends ValueSerializer<WindowDelta> {
  private static final long serialVersionUID = 1L;

  static final ValueTypeInfo<WindowDelta> TYPE =
      new ValueTypeInfo<>(WindowDelta.class, new WindowDeltaSerializer());

  @Override
  protected void write(WindowDelta delta, DataOutputView target) throws IOException {
    target.writeUTF(delta.key().window());
    target.writeUTF(delta.key().eventType());
    target.writeLong(delta.key().startMillis());
    target.writeLong(delta.endMillis());
    delta.sums().write(target);
  }

  @Override
  protected WindowDelta read(DataInputView source) throws IOException {
    var key = new WindowKey(source.readUTF(), source.readUTF(), source.readLong());
    return new WindowDelta(key, source.readLong(), WindowSums.read(source));
  }

  @Override
  public TypeSerializerSnapshot<WindowDelta> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowDelta> {
    public Snapshot() {
      super(WindowDeltaSerializer::new);
    }
  }
}
