package io.riskstream.testkit;

import io.riskstream.packed.ChunkStore;
import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** One user's chunks in memory; counts accesses and knows the largest chunk. */
public final class MapChunkStore implements ChunkStore {
  private final Long2ObjectMap<byte[]> chunks = new Long2ObjectOpenHashMap<>();
  private int accesses;
  private int largestBytes;

  @Override
  public byte[] get(long id) {
    accesses++;
    var chunk = chunks.get(id);
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + id);
    }
    return chunk;
  }

  @Override
  public void put(long id, byte[] chunk) {
    accesses++;
    largestBytes = Math.max(largestBytes, chunk.length);
    chunks.put(id, chunk);
  }

  @Override
  public void remove(long id) {
    accesses++;
    if (chunks.remove(id) == null) {
      throw new IllegalStateException("removed twice: chunk " + id);
    }
  }

  /** Returns all chunks, in the order of their ids. */
  public SortedMap<Long, byte[]> all() {
    return new TreeMap<>(chunks);
  }

  public int size() {
    return chunks.size();
  }

  public int largestBytes() {
    return largestBytes;
  }

  /** Returns the accesses since the last call. */
  public int takeAccesses() {
    var taken = accesses;
    accesses = 0;
    return taken;
  }
}
