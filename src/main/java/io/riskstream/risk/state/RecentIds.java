package io.riskstream.risk.state;

import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The identities of a user's accepted events that are not final yet: a linear hash table (Litwin,
 * 1980) whose buckets are chunks, so that a lookup reads and writes one bounded piece however many
 * identities there are. Few identities stay inline, in the user's head.
 *
 * <p>An identity is kept while its timestamp is not behind the finality line; it is purged when its
 * bucket is next written, or when {@link #sweep} comes by.
 */
public final class RecentIds {
  /** What is known of an identity. */
  public enum Answer {
    /** Not seen before; it is remembered now. */
    NEW,
    /** Seen with the same fingerprint. */
    SAME,
    /** Seen with another fingerprint. */
    DIFFERENT
  }

  static final int INLINE_ENTRIES = 16;
  static final int ENTRIES_PER_BUCKET = 16;
  private static final int SPARSE_ENTRIES_PER_BUCKET = 4;

  /** A busy user's buckets are purged by their additions; this is for one who has calmed down. */
  private static final int SWEEP_SHARE = 64;

  /** An entry is four longs: 128 bits of identity, timestamp, fingerprint. */
  private static final int ENTRY_BYTES = 4 * Long.BYTES;

  private static final byte[] NO_ENTRIES = {};
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] inline = NO_ENTRIES;
  private int buckets; // 0: all entries are inline
  private long entries;
  private long latestMillis = Long.MIN_VALUE;
  private int sweepAt;

  /** Looks the identity up, and remembers it if it is new. */
  public Answer add(
      long high, long low, long timestampMillis, long fingerprint, long line, ChunkStore chunks) {
    var bucket = buckets == 0 ? 0 : bucketOf(low);
    var stored = load(bucket, chunks);
    var content = purged(stored, line);
    var answer = find(content, high, low, fingerprint);
    if (answer == Answer.NEW) {
      content = append(content, high, low, timestampMillis, fingerprint);
      entries++;
      latestMillis = Math.max(latestMillis, timestampMillis);
    }
    if (content != stored) {
      store(bucket, content, chunks);
    }
    if (answer == Answer.NEW) {
      grow(chunks);
    }
    return answer;
  }

  /** Purges a share of the buckets of what is behind the line; all of them once all are. */
  public void sweep(long line, ChunkStore chunks) {
    if (latestMillis < line) {
      clear(chunks);
      return;
    }
    if (buckets == 0) {
      inline = purged(inline, line);
      return;
    }
    for (var count = 1 + buckets / SWEEP_SHARE; count > 0; count--) {
      sweepAt = (sweepAt + 1) % buckets;
      var content = load(sweepAt, chunks);
      var kept = purged(content, line);
      if (kept.length != content.length) {
        store(sweepAt, kept, chunks);
      }
    }
    while (buckets > 1 && entries < (long) buckets * SPARSE_ENTRIES_PER_BUCKET) {
      mergeLast(chunks);
    }
  }

  public boolean isEmpty() {
    return entries == 0;
  }

  /** Returns the greatest timestamp among the identities, epoch milliseconds. */
  public long latestMillis() {
    return latestMillis;
  }

  public void writeTo(PackedWriter out) {
    out.writeUnsigned(buckets);
    out.writeUnsigned(entries);
    if (entries > 0) {
      out.writeSigned(latestMillis);
      out.writeBytes(inline);
      out.writeUnsigned(sweepAt);
    }
  }

  public static RecentIds readFrom(PackedReader in) {
    var ids = new RecentIds();
    ids.buckets = Math.toIntExact(in.readUnsigned());
    ids.entries = in.readUnsigned();
    if (ids.entries > 0) {
      ids.latestMillis = in.readSigned();
      ids.inline = in.readBytes();
      ids.sweepAt = Math.toIntExact(in.readUnsigned());
    }
    return ids;
  }

  private void grow(ChunkStore chunks) {
    if (buckets == 0) {
      if (entries > INLINE_ENTRIES) {
        buckets = 1;
        store(0, inline, chunks);
        inline = NO_ENTRIES;
      }
    } else if (entries > (long) buckets * ENTRIES_PER_BUCKET) {
      splitNext(chunks);
    }
  }

  private void splitNext(ChunkStore chunks) {
    var from = buckets - Integer.highestOneBit(buckets);
    var to = buckets;
    var content = load(from, chunks);
    buckets++;
    var stay = new byte[content.length];
    var move = new byte[content.length];
    var staying = 0;
    var moving = 0;
    for (var at = 0; at < content.length; at += ENTRY_BYTES) {
      if (bucketOf((long) LONG.get(content, at + Long.BYTES)) == to) {
        System.arraycopy(content, at, move, moving, ENTRY_BYTES);
        moving += ENTRY_BYTES;
      } else {
        System.arraycopy(content, at, stay, staying, ENTRY_BYTES);
        staying += ENTRY_BYTES;
      }
    }
    store(from, Arrays.copyOf(stay, staying), chunks);
    store(to, Arrays.copyOf(move, moving), chunks);
  }

  private void mergeLast(ChunkStore chunks) {
    var from = buckets - 1;
    var content = load(from, chunks);
    chunks.remove(chunkId(from));
    buckets--;
    var to = from - Integer.highestOneBit(from);
    var target = load(to, chunks);
    var merged = Arrays.copyOf(target, target.length + content.length);
    System.arraycopy(content, 0, merged, target.length, content.length);
    store(to, merged, chunks);
    sweepAt %= buckets;
  }

  private void clear(ChunkStore chunks) {
    for (var bucket = 0; bucket < buckets; bucket++) {
      chunks.remove(chunkId(bucket));
    }
    inline = NO_ENTRIES;
    buckets = 0;
    entries = 0;
    latestMillis = Long.MIN_VALUE;
    sweepAt = 0;
  }

  private byte[] load(int bucket, ChunkStore chunks) {
    return buckets == 0 ? inline : chunks.get(chunkId(bucket));
  }

  private void store(int bucket, byte[] content, ChunkStore chunks) {
    if (buckets == 0) {
      inline = content;
    } else {
      chunks.put(chunkId(bucket), content);
    }
  }

  private int bucketOf(long low) {
    var half = Integer.highestOneBit(buckets);
    var wide = (int) (low & (2L * half - 1));
    return wide < buckets ? wide : (int) (low & (half - 1));
  }

  private byte[] purged(byte[] content, long line) {
    byte[] kept = null;
    var length = 0;
    for (var at = 0; at < content.length; at += ENTRY_BYTES) {
      var expired = (long) LONG.get(content, at + 2 * Long.BYTES) < line;
      if (expired && kept == null) {
        kept = Arrays.copyOf(content, content.length);
        length = at;
      } else if (!expired && kept != null) {
        System.arraycopy(content, at, kept, length, ENTRY_BYTES);
        length += ENTRY_BYTES;
      }
    }
    if (kept == null) {
      return content;
    }
    entries -= (content.length - length) / ENTRY_BYTES;
    return Arrays.copyOf(kept, length);
  }

  private static Answer find(byte[] content, long high, long low, long fingerprint) {
    for (var at = 0; at < content.length; at += ENTRY_BYTES) {
      if ((long) LONG.get(content, at) == high
          && (long) LONG.get(content, at + Long.BYTES) == low) {
        var known = (long) LONG.get(content, at + 3 * Long.BYTES);
        return known == fingerprint ? Answer.SAME : Answer.DIFFERENT;
      }
    }
    return Answer.NEW;
  }

  private static byte[] append(
      byte[] content, long high, long low, long timestampMillis, long fingerprint) {
    var at = content.length;
    var longer = Arrays.copyOf(content, at + ENTRY_BYTES);
    LONG.set(longer, at, high);
    LONG.set(longer, at + Long.BYTES, low);
    LONG.set(longer, at + 2 * Long.BYTES, timestampMillis);
    LONG.set(longer, at + 3 * Long.BYTES, fingerprint);
    return longer;
  }

  private static long chunkId(int bucket) {
    return -1L - bucket;
  }
}
