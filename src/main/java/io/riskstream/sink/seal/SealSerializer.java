package io.riskstream.sink.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Seals in checkpoints, where they wait for their rows to become visible. */
final class SealSerializer implements SimpleVersionedSerializer<Seal> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(Seal seal) throws IOException {
    var json = seal.json().getBytes(StandardCharsets.UTF_8);
    var out = new DataOutputSerializer(json.length + Long.SIZE);
    out.writeUTF(seal.dataset());
    out.writeLong(seal.hourMillis());
    out.writeLong(seal.rows());
    // Not as UTF, which ends at 64 KiB: some thousands of partitions.
    out.writeInt(json.length);
    out.write(json);
    return out.getCopyOfBuffer();
  }

  @Override
  public Seal deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new SuppressRestartsException(
          new IOException("a seal of version " + version + "; this one reads " + VERSION));
    }
    var in = new DataInputDeserializer(serialized);
    var dataset = in.readUTF();
    var hourMillis = in.readLong();
    var rows = in.readLong();
    var json = new byte[in.readInt()];
    in.readFully(json);
    return new Seal(dataset, hourMillis, rows, new String(json, StandardCharsets.UTF_8));
  }
}
