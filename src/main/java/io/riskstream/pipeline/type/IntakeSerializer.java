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

  private static final int VALID = 0;
  private static final int REFUSED = 1;
  private static final int GAP = 2;

  @Override
  protected void write(Intake intake, DataOutputView target) throws IOException {
    if (intake instanceof Intake.Valid valid) {
      target.writeByte(VALID);
      EVENT.write(valid.event(), target);
      target.writeShort(valid.unknownFields());
    } else if (intake instanceof Intake.Refused refused) {
      target.writeByte(REFUSED);
      var encoded = DeadLetter.getEncoder().encode(refused.deadLetter());
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Fields.writeBytes(bytes, target);
    } else if (intake instanceof Intake.Gap gap) {
      target.writeByte(GAP);
      target.writeUTF(gap.topic());
      target.writeInt(gap.partition());
      target.writeLong(gap.firstOffset());
      target.writeLong(gap.lastOffset());
      target.writeBoolean(gap.lost());
      target.writeLong(gap.noticedMillis());
    }
  }

  @Override
  protected Intake read(DataInputView source) throws IOException {
    var kind = source.readByte();
    return switch (kind) {
      case VALID -> new Intake.Valid(EVENT.read(source), source.readShort());
      case REFUSED ->
          new Intake.Refused(
              DeadLetter.getDecoder().decode(ByteBuffer.wrap(Fields.readBytes(source))));
      case GAP ->
          new Intake.Gap(
              source.readUTF(),
              source.readInt(),
              source.readLong(),
              source.readLong(),
              source.readBoolean(),
              source.readLong());
      default -> throw new IOException("no intake is of kind " + kind);
    };
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
