package io.riskstream.pipeline.type;

import io.riskstream.model.UserSnapshot;
import io.riskstream.model.UserSnapshotCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries user snapshots from the user operator to the hot store, in the layout of the codec. */
public final class UserSnapshotSerializer extends ValueSerializer<UserSnapshot> {
  private static final long serialVersionUID = 1L;

  /** The type of a stream of user snapshots. */
  public static final ValueTypeInfo<UserSnapshot> TYPE =
      new ValueTypeInfo<>(UserSnapshot.class, new UserSnapshotSerializer());

  @Override
  protected void write(UserSnapshot value, DataOutputView target) throws IOException {
    UserSnapshotCodec.write(value, target);
  }

  @Override
  protected UserSnapshot read(DataInputView source) throws IOException {
    return UserSnapshotCodec.read(source);
  }

  @Override
  public TypeSerializerSnapshot<UserSnapshot> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserSnapshot> {
    public Snapshot() {
      super(UserSnapshotSerializer::new);
    }
  }
}
