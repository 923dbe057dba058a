package io.riskstream.pipeline.type;

import io.riskstream.model.DeadLetter;
import io.riskstream.source.Intake;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes intakes where source and gate are not chained, which by default they are. */
public final class IntakeSerializer extends ValueSerializer<Intake> {
  private static final long serialVersionUID = 1L;

  private static final UserEventSerializer EVENT = new UserEventSerializer();

  @Override
  protected void write(Intake intake, DataOutputView target) throws IOException {
    if (intake instanceof Intake.Valid valid) {
      target.writeBoolean(true);
      EVENT.write(valid.event(), target);
      target.writeShort(valid.unknownFields());
    } else {
      target.writeBoolean(false);
      var encoded = DeadLetter.getEncoder().encode(((Intake.Refused) intake).deadLetter());
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Fields.writeBytes(bytes, target);
    }
  }

  @Override
  protected Intake read(DataInputView source) throws IOException {
    if (source.readBoolean()) {
      return new Intake.Valid(EVENT.read(source), source.readShort());
    }
    return new Intake.Refused(
        DeadLetter.getDecoder().decode(ByteBuffer.wrap(Fields.readBytes(source))));
  }

  @Override
  public TypeSerializerSnapshot<Intake> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Intake> {
    public Snapshot() {
      super(IntakeSerializer::new);
    }
  }
}
