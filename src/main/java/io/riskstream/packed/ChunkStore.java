package io.riskstream.packed;

/**
 * Where the current user's chunks live: small byte arrays under ids that the user's own state gives
 * out. Each kind of state has a range of ids of its own, see {@link ChunkIds}.
 */
public interface ChunkStore {
  /**
   * Returns the chunk; the caller may not change the array.
   *
   * @throws IllegalStateException if there is none, as state would then be lost
   */
  byte[] get(long id);

  void put(long id, byte[] chunk);

  void remove(long id);
}
