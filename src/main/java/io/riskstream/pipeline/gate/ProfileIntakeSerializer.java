package io.riskstream.pipeline.gate;

import io.riskstream.pipeline.type.IntakeSerializer;
import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import io.riskstream.source.Intake;
import io.riskstream.source.profile.ProfileIntake;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes intakes where source and gate are not chained, which by default they are. */
public final class ProfileIntakeSerializer extends ValueSerializer<ProfileIntake> {
  private static final long serialVersionUID = 1L;

  /** The type of the source's stream. */
  public static final TypeInformation<ProfileIntake> TYPE =
      new ValueTypeInfo<>(ProfileIntake.class, new ProfileIntakeSerializer());

  private static final ProfileUpdateSerializer UPDATE = new ProfileUpdateSerializer();
  private static final IntakeSerializer INTAKE = new IntakeSerializer();

  private static final int VALID = 0;
  private static final int REFUSED = 1;
  private static final int MISSING = 2;
  private static final int AT_TARGET = 3;

  @Override
  protected void write(ProfileIntake intake, DataOutputView target) throws IOException {
    if (intake instanceof ProfileIntake.Valid valid) {
      target.writeByte(VALID);
      UPDATE.serialize(valid.update(), target);
      target.writeShort(valid.unknownFields());
    } else if (intake instanceof ProfileIntake.Refused refused) {
      target.writeByte(REFUSED);
      INTAKE.serialize(new Intake.Refused(refused.deadLetter()), target);
    } else if (intake instanceof ProfileIntake.Missing missing) {
      target.writeByte(MISSING);
      INTAKE.serialize(missing.gap(), target);
    } else if (intake instanceof ProfileIntake.AtTarget) {
      target.writeByte(AT_TARGET);
    }
  }

  @Override
  protected ProfileIntake read(DataInputView source) throws IOException {
    var kind = source.readByte();
    return switch (kind) {
      case VALID -> new ProfileIntake.Valid(UPDATE.deserialize(source), source.readShort());
      case REFUSED ->
          new ProfileIntake.Refused(((Intake.Refused) INTAKE.deserialize(source)).deadLetter());
      case MISSING -> new ProfileIntake.Missing((Intake.Gap) INTAKE.deserialize(source));
      case AT_TARGET -> new ProfileIntake.AtTarget();
      default -> throw new IOException("no intake of profiles is of kind " + kind);
    };
  }

  @Override
  public TypeSerializerSnapshot<ProfileIntake> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ProfileIntake> {
    public Snapshot() {
      super(ProfileIntakeSerializer::new);
    }
  }
}
