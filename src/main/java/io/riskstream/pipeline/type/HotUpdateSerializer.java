package io.riskstream.pipeline.type;

import io.riskstream.model.HotUpdate;
import io.riskstream.model.HotUpdateCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries updates from the user operator to the hot store, in the layout of the codec. */
public final class HotUpdateSerializer extends ValueSerializer<HotUpdate> {
  private static final long serialVersionUID = 1L;

  @Override
  protected void write(HotUpdate value, DataOutputView target) throws IOException {
    HotUpdateCodec.write(value, target);
  }

  @Override
  protected HotUpdate read(DataInputView source) throws IOException {
    return HotUpdateCodec.read(source);
  }

  @Override
  public TypeSerializerSnapshot<HotUpdate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<HotUpdate> {
    public Snapshot() {
      super(HotUpdateSerializer::new);
    }
  }
}
