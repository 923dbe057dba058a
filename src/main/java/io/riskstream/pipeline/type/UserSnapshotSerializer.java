package io.riskstream.pipeline.type;

import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes snapshots where user operator and hot store are not chained. */
public final class UserSnapshotSerializer extends ValueSerializer<UserSnapshot> {
  private static final long serialVersionUID = 1L;

  static final UserSnapshotSerializer INSTANCE = new UserSnapshotSerializer();

  @Override
  public void serialize(UserSnapshot snapshot, DataOutputView target) throws IOException {
    writeText(snapshot.userId(), target);
    target.writeInt(snapshot.scoreMicros());
    writeText(snapshot.level(), target);
    target.writeLong(snapshot.totalEvents());
    target.writeLong(snapshot.firstSeenMillis());
    target.writeLong(snapshot.lastActivityMillis());
    writeText(snapshot.rulesVersion(), target);
    target.writeLong(snapshot.asOfMillis());
    target.writeLong(snapshot.watermarkMillis());
    target.writeBoolean(snapshot.isFinal());
    var version = snapshot.version();
    target.writeInt(version.epoch());
    target.writeLong(version.routed());
    target.writeLong(version.finalityLineMillis());
    target.writeInt(version.attempt());
  }

  @Override
  public UserSnapshot deserialize(DataInputView source) throws IOException {
    return new UserSnapshot(
        readText(source),
        source.readInt(),
        readText(source),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        readText(source),
        source.readLong(),
        source.readLong(),
        source.readBoolean(),
        new SnapshotVersion(
            source.readInt(), source.readLong(), source.readLong(), source.readInt()));
  }

  @Override
  public TypeSerializerSnapshot<UserSnapshot> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserSnapshot> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
