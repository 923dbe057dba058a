package io.riskstream.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The byte layout of a {@link UserSnapshot}, between operators and in the hot store's state alike;
 * what is written is read back equal. A change of layout needs a new version of each serializer
 * that uses it.
 */
public final class UserSnapshotCodec {
  private UserSnapshotCodec() {}

  /** Writes the snapshot; texts may take up to 65,535 bytes each. */
  public static void write(UserSnapshot snapshot, DataOutput output) throws IOException {
    output.writeUTF(snapshot.userId());
    output.writeInt(snapshot.scoreMicros());
    output.writeUTF(snapshot.level());
    output.writeBoolean(snapshot.top());
    output.writeLong(snapshot.totalEvents());
    output.writeLong(snapshot.firstSeenMillis());
    output.writeLong(snapshot.lastActivityMillis());
    output.writeUTF(snapshot.rulesVersion());
    output.writeLong(snapshot.asOfMillis());
    output.writeLong(snapshot.watermarkMillis());
    output.writeBoolean(snapshot.isFinal());
    output.writeBoolean(snapshot.ofArrival());
    var version = snapshot.version();
    output.writeInt(version.epoch());
    output.writeLong(version.routed());
    output.writeLong(version.finalityLineMillis());
    output.writeInt(version.attempt());
  }

  /** Reads what {@link #write} wrote. */
  public static UserSnapshot read(DataInput input) throws IOException {
    return new UserSnapshot(
        input.readUTF(),
        input.readInt(),
        input.readUTF(),
        input.readBoolean(),
        input.readLong(),
        input.readLong(),
        input.readLong(),
        input.readUTF(),
        input.readLong(),
        input.readLong(),
        input.readBoolean(),
        input.readBoolean(),
        new SnapshotVersion(input.readInt(), input.readLong(), input.readLong(), input.readInt()));
  }
}
