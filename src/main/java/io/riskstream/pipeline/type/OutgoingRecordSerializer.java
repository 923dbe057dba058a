package io.riskstream.pipeline.type;

import io.riskstream.sink.OutgoingRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes records on their way to the one Kafka sink. */
public final class OutgoingRecordSerializer extends ValueSerializer<OutgoingRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  protected void write(OutgoingRecord outgoing, DataOutputView target) throws IOException {
    Fields.writeText(outgoing.topic(), target);
    Fields.writeBytes(outgoing.key(), target);
    Fields.writeBytes(outgoing.value(), target);
  }

  @Override
  protected OutgoingRecord read(DataInputView source) throws IOException {
    return new OutgoingRecord(
        Fields.readText(source), Fields.readBytes(source), Fields.readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<OutgoingRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutgoingRecord> {
    public Snapshot() {
      super(OutgoingRecordSerializer::new);
    }
  }
}
