package io.riskstream.sink.hotstore;

import io.riskstream.model.HotUpdate;
import io.riskstream.model.HotUpdateCodec;
import io.riskstream.model.UserSnapshotCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Updates that a checkpoint found unwritten, and in one chunk a writer what it owes. Flink keeps an
 * offset for each element of a list state in the checkpoint's metadata, so an element is a chunk
 * and not a single update.
 */
record UpdateChunk(List<HotUpdate> updates, StoreMemory memoryOrNull) {
  static final int SIZE = 500;

  UpdateChunk {
    updates = List.copyOf(updates);
  }

  static List<UpdateChunk> split(List<HotUpdate> updates) {
    var chunks = new ArrayList<UpdateChunk>();
    for (var from = 0; from < updates.size(); from += SIZE) {
      var to = Math.min(from + SIZE, updates.size());
      chunks.add(new UpdateChunk(updates.subList(from, to), null));
    }
    return chunks;
  }

  static UpdateChunk of(StoreMemory memory) {
    return new UpdateChunk(List.of(), memory);
  }

  /**
   * Keeps a chunk in a checkpoint: version 1 is a count and that many user snapshots; version 2 a
   * count and that many updates, then whether there is a memory, and it.
   */
  static final class Serializer implements SimpleVersionedSerializer<UpdateChunk> {
    private static final int VERSION = 2;
    private static final int SNAPSHOTS_ONLY = 1;
    private static final int USUAL_BYTES_PER_UPDATE = 128;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(UpdateChunk chunk) throws IOException {
      var updates = chunk.updates();
      var output = new DataOutputSerializer(USUAL_BYTES_PER_UPDATE * (1 + updates.size()));
      output.writeInt(updates.size());
      for (var update : updates) {
        HotUpdateCodec.write(update, output);
      }
      output.writeBoolean(chunk.memoryOrNull() != null);
      if (chunk.memoryOrNull() != null) {
        chunk.memoryOrNull().write(output);
      }
      return output.getCopyOfBuffer();
    }

    @Override
    public UpdateChunk deserialize(int version, byte[] bytes) throws IOException {
      if (version != VERSION && version != SNAPSHOTS_ONLY) {
        throw new SuppressRestartsException(
            new IOException(
                "the hot store's state has version "
                    + version
                    + ", this release reads up to "
                    + VERSION));
      }
      var input = new DataInputDeserializer(bytes);
      var count = input.readInt();
      var updates = new ArrayList<HotUpdate>(count);
      for (var read = 0; read < count; read++) {
        updates.add(
            version == SNAPSHOTS_ONLY ? UserSnapshotCodec.read(input) : HotUpdateCodec.read(input));
      }
      var hasMemory = version != SNAPSHOTS_ONLY && input.readBoolean();
      return new UpdateChunk(updates, hasMemory ? StoreMemory.read(input) : null);
    }
  }
}
