package io.riskstream.pipeline;

import io.riskstream.model.GatedDocument;
import io.riskstream.pipeline.type.ControlDocumentSerializer;
import io.riskstream.pipeline.type.ValueSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries gated rebuilds until the serializer of all documents is there. */
public final class RebuildSerializer extends ValueSerializer<GatedDocument> {
  private static final long serialVersionUID = 1L;
  private static final ControlDocumentSerializer DOCUMENT = new ControlDocumentSerializer();

  @Override
  protected void write(GatedDocument value, DataOutputView target) throws IOException {
    target.writeLong(value.cutMillis());
    target.writeLong(value.offset());
    DOCUMENT.serialize(value.document(), target);
  }

  @Override
  protected GatedDocument read(DataInputView source) throws IOException {
    var cut = source.readLong();
    var offset = source.readLong();
    return new GatedDocument(DOCUMENT.deserialize(source), cut, offset);
  }

  @Override
  public TypeSerializerSnapshot<GatedDocument> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<GatedDocument> {
    public Snapshot() {
      super(RebuildSerializer::new);
    }
  }
}
