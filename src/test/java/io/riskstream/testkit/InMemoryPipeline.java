package io.riskstream.testkit;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.risk.Verdict;
import io.riskstream.rules.Rulebook;
import io.riskstream.rules.Rulesets;
import io.riskstream.source.PartitionGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gate and domain as the job connects them, without Flink: packs state after every step. */
public final class InMemoryPipeline {
  /** Partitions of profiles are told from those of events by it. */
  private static final int PROFILES = 1_000;

  private final UserRisk risk;
  private final PackedWriter packing = new PackedWriter();
  private final PartitionGate gate;
  private final long horizonMillis;
  private final Map<Integer, Long> highest = new HashMap<>();
  private final Map<String, byte[]> heads = new TreeMap<>();
  private final Map<String, MapChunkStore> chunks = new HashMap<>();
  private final Map<Verdict, Integer> verdicts = new HashMap<>();
  private final CollectedOutput out = new CollectedOutput();
  private final int partitions;

  /** Makes one that judges by default-1. */
  public InMemoryPipeline(long delayMillis, long latenessMillis, int partitions) {
    this(delayMillis, latenessMillis, partitions, Plans.book(Rulesets.defaults()));
  }

  /** Makes one that judges by the book. */
  public InMemoryPipeline(long delayMillis, long latenessMillis, int partitions, Rulebook book) {
    risk = new UserRisk(book, Plans.RISK, RuleObserver.NONE);
    gate = new PartitionGate(delayMillis, latenessMillis);
    horizonMillis = delayMillis + latenessMillis;
    this.partitions = partitions;
  }

  /** Takes the next event of its partition. */
  public void accept(UserEvent event) {
    var judged = gate.isLate(event) ? event.asLate() : event;
    if (!judged.late()) {
      highest.merge(event.coordinates().partition(), event.timestampMillis(), Math::max);
    }
    var user = load(event.userId());
    verdicts.merge(risk.accept(user, judged, line(), store(event.userId()), out), 1, Integer::sum);
    heads.put(event.userId(), user.pack(packing));
  }

  /** Takes the next update of its partition, one of those that the line waits for. */
  public void accept(ProfileUpdate update) {
    var partition = PROFILES + update.coordinates().partition();
    var known = highest.get(partition);
    if (known != null && update.timestampMillis() < known - horizonMillis) {
      return;
    }
    highest.merge(partition, update.timestampMillis(), Math::max);
    var user = load(update.userId());
    risk.accept(user, update, line(), store(update.userId()));
    heads.put(update.userId(), user.pack(packing));
  }

  /** Brings all users up to the finality line of now. */
  public void advance() {
    finalizeBefore(line());
  }

  /** Makes everything final, as the end of the input does. */
  public void drain() {
    finalizeBefore(Long.MAX_VALUE);
  }

  private void finalizeBefore(long line) {
    heads.replaceAll(
        (userId, head) -> {
          var user = UserState.unpack(head);
          risk.finalizeBefore(user, userId, line, store(userId), out);
          return user.pack(packing);
        });
  }

  private long line() {
    return highest.size() < partitions
        ? Long.MIN_VALUE
        : highest.values().stream().mapToLong(Long::longValue).min().getAsLong() - horizonMillis;
  }

  private UserState load(String userId) {
    var head = heads.get(userId);
    return head == null ? new UserState() : UserState.unpack(head);
  }

  private MapChunkStore store(String userId) {
    return chunks.computeIfAbsent(userId, name -> new MapChunkStore());
  }

  public UserSnapshot snapshot(String userId) {
    return risk.snapshot(load(userId), userId, true, Long.MIN_VALUE, 0, 0);
  }

  /** Returns the packed head of a user. */
  public byte[] head(String userId) {
    return heads.get(userId);
  }

  /** Returns what does not fit into the user's head. */
  public MapChunkStore chunks(String userId) {
    return store(userId);
  }

  public int count(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  public List<LedgerRow> ledger() {
    return out.ledger;
  }

  public List<Alert> alerts() {
    return out.alerts;
  }

  public List<ActivityRow> activity() {
    return out.activity;
  }

  /** Returns how many chunks all users have together. */
  public int chunkCount() {
    return chunks.values().stream().mapToInt(MapChunkStore::size).sum();
  }
}
