package io.riskstream.risk.profile;

import io.riskstream.packed.ChunkIds;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The versions of a user's profile that can still hold at some time that is not final: in the
 * user's head when each begins, in a chunk each what it says. Of two with one timestamp the one
 * with the greater canonical attributes is kept, so that their order of arrival does not count.
 */
public final class ProfileVersions {
  /** A version's begin, and the number of the chunk with its attributes. */
  private record Version(long timestampMillis, long number) {}

  private final ArrayList<Version> versions;
  private long lastNumber;
  private Version readLast;
  private Map<String, String> attributesRead;

  private ProfileVersions(List<Version> versions, long lastNumber) {
    this.versions = new ArrayList<>(versions);
    this.lastNumber = lastNumber;
  }

  public ProfileVersions() {
    this(List.of(), 0);
  }

  public boolean isEmpty() {
    return versions.isEmpty();
  }

  /** Adds an update that is not behind the line up to which {@link #dropUntil} has dropped. */
  public void add(
      long timestampMillis,
      Map<String, String> attributes,
      ChunkStore chunks,
      PackedWriter scratch) {
    var at = firstAfter(timestampMillis);
    if (at > 0 && versions.get(at - 1).timestampMillis() == timestampMillis) {
      var same = versions.get(at - 1);
      var known = read(chunks.get(chunkId(same)));
      if (Arrays.compareUnsigned(
              CanonicalAttributes.encode(attributes), CanonicalAttributes.encode(known))
          > 0) {
        chunks.put(chunkId(same), write(attributes, scratch));
        readLast = null;
      }
      return;
    }
    var version = new Version(timestampMillis, ++lastNumber);
    versions.add(at, version);
    chunks.put(chunkId(version), write(attributes, scratch));
  }

  /**
   * Returns the attributes that hold at the time, or null if there is no profile then.
   *
   * @param maxAgeMillis how long a version holds if no other follows
   */
  public Map<String, String> at(long timeMillis, long maxAgeMillis, ChunkStore chunks) {
    var at = firstAfter(timeMillis);
    if (at == 0) {
      return null;
    }
    var newest = versions.get(at - 1);
    if (timeMillis - newest.timestampMillis() >= maxAgeMillis) {
      return null;
    }
    if (!newest.equals(readLast)) {
      attributesRead = read(chunks.get(chunkId(newest)));
      readLast = newest;
    }
    return attributesRead;
  }

  /** Drops what holds at no time from the line on. */
  public void dropUntil(long line, long maxAgeMillis, ChunkStore chunks) {
    while (!versions.isEmpty() && firstDropMillis(maxAgeMillis) <= line) {
      chunks.remove(chunkId(versions.remove(0)));
    }
    if (versions.isEmpty()) {
      lastNumber = 0;
    }
  }

  /** Returns the least line at which a version can be dropped; Long.MAX_VALUE if there is none. */
  public long firstDropMillis(long maxAgeMillis) {
    if (versions.isEmpty()) {
      return Long.MAX_VALUE;
    }
    var expiry = versions.get(0).timestampMillis() + maxAgeMillis;
    return versions.size() == 1 ? expiry : Math.min(expiry, versions.get(1).timestampMillis());
  }

  private int firstAfter(long timeMillis) {
    var at = versions.size();
    while (at > 0 && versions.get(at - 1).timestampMillis() > timeMillis) {
      at--;
    }
    return at;
  }

  public void writeTo(PackedWriter out) {
    out.writeUnsigned(versions.size());
    if (versions.isEmpty()) {
      return;
    }
    out.writeUnsigned(lastNumber);
    var before = 0L;
    for (var version : versions) {
      out.writeSigned(version.timestampMillis() - before);
      out.writeUnsigned(version.number());
      before = version.timestampMillis();
    }
  }

  public static ProfileVersions readFrom(PackedReader in) {
    var count = Math.toIntExact(in.readUnsigned());
    if (count == 0) {
      return new ProfileVersions();
    }
    var lastNumber = in.readUnsigned();
    var versions = new ArrayList<Version>(count + 1);
    var before = 0L;
    for (var index = 0; index < count; index++) {
      before += in.readSigned();
      versions.add(new Version(before, in.readUnsigned()));
    }
    return new ProfileVersions(versions, lastNumber);
  }

  private static long chunkId(Version version) {
    return ChunkIds.PROFILES - version.number();
  }

  private static byte[] write(Map<String, String> attributes, PackedWriter scratch) {
    scratch.reset().writeUnsigned(attributes.size());
    new TreeMap<>(attributes)
        .forEach(
            (name, value) -> {
              scratch.writeText(name);
              scratch.writeText(value);
            });
    return scratch.toByteArray();
  }

  private static Map<String, String> read(byte[] chunk) {
    var in = new PackedReader(chunk);
    var attributes = new HashMap<String, String>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      attributes.put(in.readText(), in.readText());
    }
    return Collections.unmodifiableMap(attributes);
  }
}
