package io.riskstream.pipeline.window;

import io.riskstream.activity.Entered;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes entries where operator and tally are not chained, which by default they are. */
public final class WindowEntrySerializer extends ValueSerializer<WindowEntry> {
  private static final long serialVersionUID = 1L;

  static final ValueTypeInfo<WindowEntry> TYPE =
      new ValueTypeInfo<>(WindowEntry.class, new WindowEntrySerializer());

  @Override
  protected void write(WindowEntry entry, DataOutputView target) throws IOException {
    target.writeInt(entry.typeNumber());
    target.writeLong(entry.timestampMillis());
    target.writeBoolean(entry.valueMicrosOrNull() != null);
    if (entry.valueMicrosOrNull() != null) {
      target.writeLong(entry.valueMicrosOrNull());
    }
    var entered = entry.entered();
    target.writeInt(entered.firstStarts().length);
    for (var at = 0; at < entered.firstStarts().length; at++) {
      target.writeLong(entered.firstStarts()[at]);
      target.writeLong(entered.lastStarts()[at]);
    }
  }

  @Override
  protected WindowEntry read(DataInputView source) throws IOException {
    var typeNumber = source.readInt();
    var timestamp = source.readLong();
    var value = source.readBoolean() ? (Long) source.readLong() : null;
    var firstStarts = new long[source.readInt()];
    var lastStarts = new long[firstStarts.length];
    for (var at = 0; at < firstStarts.length; at++) {
      firstStarts[at] = source.readLong();
      lastStarts[at] = source.readLong();
    }
    return new WindowEntry(typeNumber, timestamp, value, new Entered(firstStarts, lastStarts));
  }

  @Override
  public TypeSerializerSnapshot<WindowEntry> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowEntry> {
    public Snapshot() {
      super(WindowEntrySerializer::new);
    }
  }
}
