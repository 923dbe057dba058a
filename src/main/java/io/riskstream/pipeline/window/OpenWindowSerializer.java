package io.riskstream.pipeline.window;

import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The layout of an open window in the state. */
public final class OpenWindowSerializer extends ValueSerializer<OpenWindow> {
  private static final long serialVersionUID = 1L;

  static final ValueTypeInfo<OpenWindow> TYPE =
      new ValueTypeInfo<>(OpenWindow.class, new OpenWindowSerializer());

  @Override
  protected void write(OpenWindow window, DataOutputView target) throws IOException {
    target.writeLong(window.endMillis());
    window.sums().write(target);
    target.writeInt(window.revision());
    target.writeBoolean(window.changed());
  }

  @Override
  protected OpenWindow read(DataInputView source) throws IOException {
    return new OpenWindow(
        source.readLong(), WindowSums.read(source), source.readInt(), source.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<OpenWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OpenWindow> {
    public Snapshot() {
      super(OpenWindowSerializer::new);
    }
  }
}
