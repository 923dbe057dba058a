package io.riskstream.pipeline.type;

import io.riskstream.model.Coordinates;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import java.io.IOException;
import java.util.HashMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes events and profile updates on their one way to their user: the kind, then it. */
public final class UserInputSerializer extends ValueSerializer<UserInput> {
  private static final long serialVersionUID = 1L;
  private static final UserEventSerializer EVENT = new UserEventSerializer();
  private static final int EVENT_KIND = 0;
  private static final int PROFILE_KIND = 1;

  @Override
  protected void write(UserInput input, DataOutputView target) throws IOException {
    if (input instanceof UserEvent event) {
      target.writeByte(EVENT_KIND);
      EVENT.write(event, target);
    } else if (input instanceof ProfileUpdate update) {
      target.writeByte(PROFILE_KIND);
      write(update, target);
    }
  }

  private static void write(ProfileUpdate update, DataOutputView target) throws IOException {
    Fields.writeText(update.userId(), target);
    target.writeLong(update.timestampMillis());
    target.writeBoolean(update.late());
    target.writeInt(update.attributes().size());
    for (var attribute : update.attributes().entrySet()) {
      Fields.writeText(attribute.getKey(), target);
      Fields.writeText(attribute.getValue(), target);
    }
    var coordinates = update.coordinates();
    Fields.writeText(coordinates.topic(), target);
    target.writeInt(coordinates.partition());
    target.writeLong(coordinates.offset());
    target.writeLong(coordinates.ingestTimeMillis());
  }

  @Override
  protected UserInput read(DataInputView source) throws IOException {
    var kind = source.readByte();
    return switch (kind) {
      case EVENT_KIND -> EVENT.read(source);
      case PROFILE_KIND -> readUpdate(source);
      default -> throw new IOException("no input of a user is of kind " + kind);
    };
  }

  private static ProfileUpdate readUpdate(DataInputView source) throws IOException {
    var userId = Fields.readText(source);
    var timestamp = source.readLong();
    var late = source.readBoolean();
    var size = source.readInt();
    var attributes = new HashMap<String, String>();
    for (var index = 0; index < size; index++) {
      attributes.put(Fields.readText(source), Fields.readText(source));
    }
    return new ProfileUpdate(
        userId,
        timestamp,
        attributes,
        new Coordinates(
            Fields.readText(source), source.readInt(), source.readLong(), source.readLong()),
        late);
  }

  @Override
  public TypeSerializerSnapshot<UserInput> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UserInput> {
    public Snapshot() {
      super(UserInputSerializer::new);
    }
  }
}
