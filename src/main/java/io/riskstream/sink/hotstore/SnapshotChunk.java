package io.riskstream.sink.hotstore;

import io.riskstream.model.UserSnapshot;
import io.riskstream.model.UserSnapshotCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Snapshots that a checkpoint found unwritten. Flink keeps an offset for each element of a list
 * state in the checkpoint's metadata, so an element is a chunk and not a single snapshot.
 */
record SnapshotChunk(List<UserSnapshot> snapshots) {
  static final int SIZE = 500;

  SnapshotChunk {
    snapshots = List.copyOf(snapshots);
  }

  static List<SnapshotChunk> split(List<UserSnapshot> snapshots) {
    var chunks = new ArrayList<SnapshotChunk>();
    for (var from = 0; from < snapshots.size(); from += SIZE) {
      var to = Math.min(from + SIZE, snapshots.size());
      chunks.add(new SnapshotChunk(snapshots.subList(from, to)));
    }
    return chunks;
  }

  /** Keeps a chunk in a checkpoint: version 1 is a count and that many snapshots. */
  static final class Serializer implements SimpleVersionedSerializer<SnapshotChunk> {
    private static final int VERSION = 1;
    private static final int USUAL_BYTES_PER_SNAPSHOT = 128;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(SnapshotChunk chunk) throws IOException {
      var snapshots = chunk.snapshots();
      var output =
          new DataOutputSerializer(Integer.BYTES + USUAL_BYTES_PER_SNAPSHOT * snapshots.size());
      output.writeInt(snapshots.size());
      for (var snapshot : snapshots) {
        UserSnapshotCodec.write(snapshot, output);
      }
      return output.getCopyOfBuffer();
    }

    @Override
    public SnapshotChunk deserialize(int version, byte[] bytes) throws IOException {
      if (version != VERSION) {
        throw new IOException(
            "the hot store's state has version " + version + ", this release reads " + VERSION);
      }
      var input = new DataInputDeserializer(bytes);
      var count = input.readInt();
      var snapshots = new ArrayList<UserSnapshot>(count);
      for (var read = 0; read < count; read++) {
        snapshots.add(UserSnapshotCodec.read(input));
      }
      return new SnapshotChunk(snapshots);
    }
  }
}
