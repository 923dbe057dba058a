package io.riskstream.pipeline.type;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotRebuild;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries control documents to every subtask of the user operator: the kind, then its fields. */
public final class ControlDocumentSerializer extends ValueSerializer<ControlDocument> {
  private static final long serialVersionUID = 1L;
  private static final byte HOT_REBUILD = 1;

  @Override
  protected void write(ControlDocument value, DataOutputView target) throws IOException {
    if (value instanceof HotRebuild rebuild) {
      target.writeByte(HOT_REBUILD);
      target.writeUTF(rebuild.id());
      target.writeInt(rebuild.version());
      target.writeLong(rebuild.requestedAtMillis());
      target.writeUTF(rebuild.reason());
      writeOptional(rebuild.subtaskOrNull(), target);
      writeOptional(rebuild.parallelismOrNull(), target);
    }
  }

  @Override
  protected ControlDocument read(DataInputView source) throws IOException {
    var kind = source.readByte();
    if (kind != HOT_REBUILD) {
      throw new IOException("no control document has the kind " + kind);
    }
    return new HotRebuild(
        source.readUTF(),
        source.readInt(),
        source.readLong(),
        source.readUTF(),
        readOptional(source),
        readOptional(source));
  }

  private static void writeOptional(Integer numberOrNull, DataOutputView target)
      throws IOException {
    target.writeBoolean(numberOrNull != null);
    if (numberOrNull != null) {
      target.writeInt(numberOrNull);
    }
  }

  private static Integer readOptional(DataInputView source) throws IOException {
    return source.readBoolean() ? Integer.valueOf(source.readInt()) : null;
  }

  @Override
  public TypeSerializerSnapshot<ControlDocument> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of this serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ControlDocument> {
    public Snapshot() {
      super(ControlDocumentSerializer::new);
    }
  }
}
