package io.riskstream.pipeline.control;

import io.riskstream.model.ControlRecord;
import io.riskstream.pipeline.type.Fields;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes records of the control topic, those without a value too. */
public final class ControlRecordSerializer extends ValueSerializer<ControlRecord> {
  private static final long serialVersionUID = 1L;

  /** The type of the control source's stream. */
  public static final TypeInformation<ControlRecord> TYPE =
      new ValueTypeInfo<>(ControlRecord.class, new ControlRecordSerializer());

  @Override
  protected void write(ControlRecord value, DataOutputView target) throws IOException {
    Fields.writeCoordinates(value.coordinates(), target);
    Fields.writeBytes(value.value(), target);
  }

  @Override
  protected ControlRecord read(DataInputView source) throws IOException {
    return new ControlRecord(Fields.readCoordinates(source), Fields.readBytes(source));
  }

  @Override
  public TypeSerializerSnapshot<ControlRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ControlRecord> {
    public Snapshot() {
      super(ControlRecordSerializer::new);
    }
  }
}
