package io.riskstream.pipeline;

import io.riskstream.model.GatedDocument;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.DocumentJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries gated documents until the serializer of the control part of the graph is there. */
public final class RebuildSerializer extends ValueSerializer<GatedDocument> {
  private static final long serialVersionUID = 1L;

  @Override
  protected void write(GatedDocument value, DataOutputView target) throws IOException {
    target.writeLong(value.cutMillis());
    target.writeLong(value.offset());
    var json = DocumentJson.encode(value.document());
    target.writeInt(json.length);
    target.write(json);
  }

  @Override
  protected GatedDocument read(DataInputView source) throws IOException {
    var cut = source.readLong();
    var offset = source.readLong();
    var json = new byte[source.readInt()];
    source.readFully(json);
    try {
      return new GatedDocument(DocumentJson.decode(json), cut, offset);
    } catch (RulesetException malformed) {
      throw new IOException(malformed);
    }
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
