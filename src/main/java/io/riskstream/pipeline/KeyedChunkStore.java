package io.riskstream.pipeline;

import io.riskstream.packed.ChunkStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.FlinkRuntimeException;

/** The current key's chunks in Flink's keyed state; a failing state backend fails the job. */
final class KeyedChunkStore implements ChunkStore {
  private final MapState<Long, byte[]> chunks;

  KeyedChunkStore(MapState<Long, byte[]> chunks) {
    this.chunks = chunks;
  }

  @Override
  public byte[] get(long id) {
    byte[] chunk;
    try {
      chunk = chunks.get(id);
    } catch (Exception backend) {
      throw new FlinkRuntimeException("cannot read chunk " + id + " of a user's state", backend);
    }
    if (chunk == null) {
      throw new IllegalStateException("chunk " + id + " of a user's state is gone");
    }
    return chunk;
  }

  @Override
  public void put(long id, byte[] chunk) {
    try {
      chunks.put(id, chunk);
    } catch (Exception backend) {
      throw new FlinkRuntimeException("cannot write chunk " + id + " of a user's state", backend);
    }
  }

  @Override
  public void remove(long id) {
    try {
      chunks.remove(id);
    } catch (Exception backend) {
      throw new FlinkRuntimeException("cannot remove chunk " + id + " of a user's state", backend);
    }
  }
}
