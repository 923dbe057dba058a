package io.riskstream.pipeline.type;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AuditRow;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.Intake;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/** The type information of every stream in the graph; none falls back to Kryo. */
public final class StreamTypes {
  public static final TypeInformation<Intake> INTAKE =
      new ValueTypeInfo<>(Intake.class, new IntakeSerializer());
  public static final TypeInformation<UserEvent> USER_EVENT =
      new ValueTypeInfo<>(UserEvent.class, new UserEventSerializer());
  public static final TypeInformation<UserInput> USER_INPUT =
      new ValueTypeInfo<>(UserInput.class, new UserInputSerializer());
  public static final TypeInformation<HotUpdate> HOT_UPDATE =
      new ValueTypeInfo<>(HotUpdate.class, new HotUpdateSerializer());
  public static final TypeInformation<OutgoingRecord> OUTGOING =
      new ValueTypeInfo<>(OutgoingRecord.class, new OutgoingRecordSerializer());
  public static final TypeInformation<LedgerRow> LEDGER_ROW = new AvroTypeInfo<>(LedgerRow.class);
  public static final TypeInformation<ActivityRow> ACTIVITY_ROW =
      new AvroTypeInfo<>(ActivityRow.class);
  public static final TypeInformation<Alert> ALERT = new AvroTypeInfo<>(Alert.class);
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      new AvroTypeInfo<>(DeadLetter.class);
  public static final TypeInformation<AuditRow> AUDIT_ROW = new AvroTypeInfo<>(AuditRow.class);

  private StreamTypes() {}
}
