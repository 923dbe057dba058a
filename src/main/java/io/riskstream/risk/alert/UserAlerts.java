package io.riskstream.risk.alert;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.packed.ChunkIds;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The alerts of a user whose cool-down buckets are not final, and the steps of their lives
 * (docs/semantics.md section 9): each is raised once and ends once, confirmed by its earliest final
 * trigger or withdrawn. Cleared bucket by bucket by {@link #closeUntil}.
 */
public final class UserAlerts {
  private static final Comparator<OpenAlert> CLOSING_ORDER =
      Comparator.<OpenAlert>comparingLong(alert -> alert.key.endMillis())
          .thenComparingLong(alert -> alert.number);

  private final ArrayList<OpenAlert> open;
  private long lastNumber;

  private UserAlerts(List<OpenAlert> open, long lastNumber) {
    this.open = new ArrayList<>(open);
    this.lastNumber = lastNumber;
  }

  public UserAlerts() {
    this(List.of(), 0);
  }

  /** Returns whether a trigger there would change anything, so that it is worth a judgement. */
  public boolean matters(AlertKey key, TriggerPoint at, boolean isFinal) {
    var alert = find(key);
    return alert == null || (isFinal && !alert.settled) || at.compareTo(alert.said) < 0;
  }

  /** Takes a trigger that is not final: raises the alert, or amends it by an earlier one. */
  public void seen(
      AlertKey key,
      TriggerPoint at,
      Supplier<Alert.Builder> content,
      ChunkStore chunks,
      Consumer<Alert> said) {
    var alert = find(key);
    if (alert == null || (!alert.settled && at.compareTo(alert.said) < 0)) {
      say(alert == null ? add(key) : alert, at, content.get().setFinal$(false), chunks, said);
    }
  }

  /** Takes a final trigger: the earliest one of the bucket is what will be confirmed. */
  public void found(
      AlertKey key,
      TriggerPoint at,
      Supplier<Alert.Builder> content,
      ChunkStore chunks,
      Consumer<Alert> said) {
    var alert = find(key);
    if (alert == null) {
      alert = add(key);
      say(alert, at, content.get().setFinal$(true), chunks, said);
    } else if (alert.settled ? at.compareTo(alert.said) < 0 : at.compareTo(alert.said) != 0) {
      say(alert, at, content.get().setFinal$(true), chunks, said);
    } else if (!alert.settled) {
      // What was said of it was provisional; what is confirmed is exact.
      store(
          alert,
          content
              .get()
              .setFinal$(true)
              .setRevision(alert.revision)
              .setStatus(AlertStatus.amended)
              .build(),
          chunks);
    }
    alert.settled = true;
  }

  /** Confirms or withdraws the alerts whose buckets end at or before the line. */
  public void closeUntil(long line, ChunkStore chunks, Consumer<Alert> said) {
    if (nextEndMillis() > line) {
      return;
    }
    var closing = open.stream().filter(alert -> alert.key.endMillis() <= line);
    for (var alert : closing.sorted(CLOSING_ORDER).toList()) {
      var last = read(chunks.get(chunkId(alert)));
      last.setStatus(alert.settled ? AlertStatus.confirmed : AlertStatus.withdrawn);
      last.setRevision(alert.revision + 1);
      last.setFinal$(true);
      said.accept(last);
      chunks.remove(chunkId(alert));
      open.remove(alert);
    }
    if (open.isEmpty()) {
      lastNumber = 0;
    }
  }

  /** Returns the end of the first bucket that is open; Long.MAX_VALUE if there is none. */
  public long nextEndMillis() {
    var next = Long.MAX_VALUE;
    for (var alert : open) {
      next = Math.min(next, alert.key.endMillis());
    }
    return next;
  }

  private OpenAlert find(AlertKey key) {
    for (var alert : open) {
      if (alert.key.equals(key)) {
        return alert;
      }
    }
    return null;
  }

  private OpenAlert add(AlertKey key) {
    var alert = new OpenAlert(key, ++lastNumber);
    open.add(alert);
    return alert;
  }

  private static void say(
      OpenAlert alert,
      TriggerPoint at,
      Alert.Builder content,
      ChunkStore chunks,
      Consumer<Alert> said) {
    alert.said = at;
    alert.revision++;
    var message =
        content
            .setRevision(alert.revision)
            .setStatus(alert.revision == 0 ? AlertStatus.raised : AlertStatus.amended)
            .build();
    store(alert, message, chunks);
    said.accept(message);
  }

  private static void store(OpenAlert alert, Alert message, ChunkStore chunks) {
    try {
      var encoded = Alert.getEncoder().encode(message);
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      chunks.put(chunkId(alert), bytes);
    } catch (IOException unexpected) {
      throw new UncheckedIOException("cannot encode alert " + message.getAlertId(), unexpected);
    }
  }

  private static Alert read(byte[] chunk) {
    try {
      return Alert.getDecoder().decode(ByteBuffer.wrap(chunk));
    } catch (IOException corrupt) {
      throw new UncheckedIOException("cannot read an alert from a user's state", corrupt);
    }
  }

  private static long chunkId(OpenAlert alert) {
    return ChunkIds.ALERTS - alert.number;
  }

  public void writeTo(PackedWriter out) {
    out.writeUnsigned(open.size());
    if (!open.isEmpty()) {
      out.writeUnsigned(lastNumber);
      for (var alert : open) {
        alert.writeTo(out);
      }
    }
  }

  public static UserAlerts readFrom(PackedReader in) {
    var count = Math.toIntExact(in.readUnsigned());
    if (count == 0) {
      return new UserAlerts();
    }
    var lastNumber = in.readUnsigned();
    var open = new ArrayList<OpenAlert>(count + 1);
    for (var index = 0; index < count; index++) {
      open.add(OpenAlert.readFrom(in));
    }
    return new UserAlerts(open, lastNumber);
  }
}
