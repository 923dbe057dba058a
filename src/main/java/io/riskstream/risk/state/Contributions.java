package io.riskstream.risk.state;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What made a score: by event type, how many events there were since the score was last 0 and the
 * sum of what they added. The sums add up to the score, exactly. It grows with the number of types
 * that rulesets look at, not with the events.
 */
public final class Contributions {
  /**
   * What the events of one type did.
   *
   * @param deltaMicros sum of what they added, in millionths
   */
  public record Share(long events, long deltaMicros) {}

  private final NavigableMap<String, Share> shares;

  private Contributions(NavigableMap<String, Share> shares) {
    this.shares = shares;
  }

  public Contributions() {
    this(new TreeMap<>());
  }

  /** Counts the next event in order of scoring, which left the score after it. */
  public void add(String eventType, int deltaMicros, int scoreAfterMicros) {
    if (scoreAfterMicros == 0) {
      shares.clear();
      return;
    }
    var share = shares.get(eventType);
    shares.put(
        eventType,
        share == null
            ? new Share(1, deltaMicros)
            : new Share(share.events() + 1, share.deltaMicros() + deltaMicros));
  }

  /** Returns a copy that is changed on its own. */
  public Contributions copy() {
    return new Contributions(new TreeMap<>(shares));
  }

  /** Returns the shares by event type, sorted. */
  public Map<String, Share> shares() {
    return shares;
  }

  public void writeTo(PackedWriter out) {
    out.writeUnsigned(shares.size());
    shares.forEach(
        (type, share) -> {
          out.writeText(type);
          out.writeUnsigned(share.events());
          out.writeSigned(share.deltaMicros());
        });
  }

  public static Contributions readFrom(PackedReader in) {
    var contributions = new Contributions();
    for (var count = in.readUnsigned(); count > 0; count--) {
      contributions.shares.put(in.readText(), new Share(in.readUnsigned(), in.readSigned()));
    }
    return contributions;
  }
}
