package io.riskstream.pipeline.type;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.io.IOException;
import java.util.HashMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes events on their one way over the network, from the gate to their user. */
public final class UserEventSerializer extends ValueSerializer<UserEvent> {
  private static final long serialVersionUID = 1L;
  private static final int LATE = 1;
  private static final int HAS_VALUE = 2;

  @Override
  protected void write(UserEvent event, DataOutputView target) throws IOException {
    var hasValue = event.valueMicros() != null;
    target.writeByte((event.late() ? LATE : 0) | (hasValue ? HAS_VALUE : 0));
    Fields.writeText(event.eventId(), target);
    Fields.writeText(event.userId(), target);
    Fields.writeText(event.eventType(), target);
    target.writeLong(event.timestampMillis());
    Fields.writeText(event.sessionId(), target);
    if (hasValue) {
      target.writeLong(event.valueMicros());
    }
    target.writeByte(event.properties().size());
    for (var property : event.properties().entrySet()) {
      Fields.writeText(property.getKey(), target);
      Fields.writeText(property.getValue(), target);
    }
    var coordinates = event.coordinates();
    Fields.writeText(coordinates.topic(), target);
    target.writeInt(coordinates.partition());
    target.writeLong(coordinates.offset());
    target.writeLong(coordinates.ingestTimeMillis());
  }

  @Override
  protected UserEvent read(DataInputView source) throws IOException {
    var flags = source.readByte();
    var eventId = Fields.readText(source);
    var userId = Fields.readText(source);
    var eventType = Fields.readText(source);
    var timestamp = source.readLong();
    var sessionId = Fields.readText(source);
    var value = (flags & HAS_VALUE) != 0 ? Long.valueOf(source.readLong()) : null;
    var size = source.readByte();
    var properties = new HashMap<String, String>(size * 2);
    for (var index = 0; index < size; index++) {
      properties.put(Fields.readText(source), Fields.readText(source));
    }
    var coordinates =
        new Coordinates(
            Fields.readText(source), source.readInt(), source.readLong(), source.readLong());
    return new UserEvent(
        eventId,
        userId,
        eventType,
        timestamp,
        sessionId,
        value,
        properties,
        coordinates,
        (flags & LATE) != 0);
  }

  @Override
  public TypeSerializerSnapshot<UserEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserEvent> {
    public Snapshot() {
      super(UserEventSerializer::new);
    }
  }
}
