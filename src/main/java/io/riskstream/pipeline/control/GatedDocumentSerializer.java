package io.riskstream.pipeline.control;

import io.riskstream.model.GatedDocument;
import io.riskstream.pipeline.type.Fields;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.DocumentJson;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Carries accepted documents to every task of the user operator: cut, offset, and the JSON. */
public final class GatedDocumentSerializer extends ValueSerializer<GatedDocument> {
  private static final long serialVersionUID = 1L;

  /** The type of the gate's stream. */
  public static final TypeInformation<GatedDocument> TYPE =
      new ValueTypeInfo<>(GatedDocument.class, new GatedDocumentSerializer());

  @Override
  protected void write(GatedDocument value, DataOutputView target) throws IOException {
    target.writeLong(value.cutMillis());
    target.writeLong(value.offset());
    Fields.writeBytes(DocumentJson.encode(value.document()), target);
  }

  @Override
  protected GatedDocument read(DataInputView source) throws IOException {
    var cutMillis = source.readLong();
    var offset = source.readLong();
    try {
      return new GatedDocument(
          DocumentJson.decode(Fields.readBytes(source)), cutMillis, offset);
    } catch (RulesetException malformed) {
      throw new IOException("an accepted document cannot be read any more", malformed);
    }
  }

  @Override
  public TypeSerializerSnapshot<GatedDocument> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<GatedDocument> {
    public Snapshot() {
      super(GatedDocumentSerializer::new);
    }
  }
}
