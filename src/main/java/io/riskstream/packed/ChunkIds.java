package io.riskstream.packed;

/** Who may use which ids of a user's {@link ChunkStore}; a range is never given to anyone else. */
public final class ChunkIds {
  /** Pending events: from here up to {@link #SLICES}, exclusive. */
  public static final long PENDING = 1;

  /** Slices of activity: from here upwards. */
  public static final long SLICES = 1L << 60;

  /** Recent identities: from here downwards, to {@link #PROFILES}, exclusive. */
  public static final long RECENT_IDS = -1;

  /** Versions of the profile: from here downwards. */
  public static final long PROFILES = -(1L << 60);

  /** What the user's alerts say: from here downwards. */
  public static final long ALERTS = -(1L << 61);

  private ChunkIds() {}
}
