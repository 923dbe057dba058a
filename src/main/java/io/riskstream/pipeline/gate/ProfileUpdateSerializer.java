package io.riskstream.pipeline.gate;

import io.riskstream.model.ProfileUpdate;
import io.riskstream.pipeline.type.Fields;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import java.util.HashMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes profile updates: the verdict, then their fields. */
public final class ProfileUpdateSerializer extends ValueSerializer<ProfileUpdate> {
  private static final long serialVersionUID = 1L;

  /** The type of a stream of updates. */
  public static final TypeInformation<ProfileUpdate> TYPE =
      new ValueTypeInfo<>(ProfileUpdate.class, new ProfileUpdateSerializer());

  @Override
  protected void write(ProfileUpdate update, DataOutputView target) throws IOException {
    target.writeBoolean(update.late());
    Fields.writeText(update.userId(), target);
    target.writeLong(update.timestampMillis());
    target.writeShort(update.attributes().size());
    for (var attribute : update.attributes().entrySet()) {
      Fields.writeText(attribute.getKey(), target);
      Fields.writeText(attribute.getValue(), target);
    }
    Fields.writeCoordinates(update.coordinates(), target);
  }

  @Override
  protected ProfileUpdate read(DataInputView source) throws IOException {
    var late = source.readBoolean();
    var userId = Fields.readText(source);
    var timestampMillis = source.readLong();
    var size = source.readShort();
    var attributes = new HashMap<String, String>(size * 2);
    for (var index = 0; index < size; index++) {
      attributes.put(Fields.readText(source), Fields.readText(source));
    }
    var coordinates = Fields.readCoordinates(source);
    return new ProfileUpdate(userId, timestampMillis, attributes, coordinates, late);
  }

  @Override
  public TypeSerializerSnapshot<ProfileUpdate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ProfileUpdate> {
    public Snapshot() {
      super(ProfileUpdateSerializer::new);
    }
  }
}
