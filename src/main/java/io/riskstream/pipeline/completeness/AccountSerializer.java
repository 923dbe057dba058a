package io.riskstream.pipeline.completeness;

import io.riskstream.pipeline.type.ValueSerializer;
import io.riskstream.pipeline.type.ValueTypeInfo;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes entries where operator and tally are not chained, which by default they are. */
public final class AccountSerializer extends ValueSerializer<Account> {
  private static final long serialVersionUID = 1L;

  static final ValueTypeInfo<Account> TYPE =
      new ValueTypeInfo<>(Account.class, new AccountSerializer());

  @Override
  protected void write(Account account, DataOutputView target) throws IOException {
    target.writeUTF(account.entry().name());
    target.writeUTF(account.topic());
    target.writeInt(account.partition());
    target.writeLong(account.firstOffset());
    target.writeLong(account.lastOffset());
    target.writeLong(account.hourMillis());
    target.writeLong(account.timeMillis());
  }

  @Override
  protected Account read(DataInputView source) throws IOException {
    return new Account(
        Account.Entry.valueOf(source.readUTF()),
        source.readUTF(),
        source.readInt(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Account> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Flink's record of which serializer wrote a stream. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Account> {
    public Snapshot() {
      super(AccountSerializer::new);
    }
  }
}
