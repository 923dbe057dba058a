package io.riskstream.risk.alert;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;

/** One alert whose bucket is not final; what it says is in a chunk. */
final class OpenAlert {
  final AlertKey key;

  /** Number of its chunk. */
  final long number;

  /** Of what was said last. */
  int revision = -1;

  /** The trigger that was said last; null only until something has been said. */
  TriggerPoint said;

  /** Whether that trigger is final, and so the one that will be confirmed. */
  boolean settled;

  OpenAlert(AlertKey key, long number) {
    this.key = key;
    this.number = number;
  }

  void writeTo(PackedWriter out) {
    out.writeText(key.ruleId());
    out.writeSigned(key.startMillis());
    out.writeUnsigned(key.endMillis() - key.startMillis());
    out.writeByte((key.shadow() ? 1 : 0) | (settled ? 2 : 0));
    out.writeUnsigned(number);
    out.writeUnsigned(revision);
    out.writeSigned(said.timeMillis() - key.startMillis());
    out.writeBytes(said.idUtf8());
  }

  static OpenAlert readFrom(PackedReader in) {
    var ruleId = in.readText();
    var start = in.readSigned();
    var end = start + in.readUnsigned();
    var flags = in.readByte();
    var alert =
        new OpenAlert(new AlertKey(ruleId, start, end, (flags & 1) != 0), in.readUnsigned());
    alert.settled = (flags & 2) != 0;
    alert.revision = Math.toIntExact(in.readUnsigned());
    alert.said = new TriggerPoint(start + in.readSigned(), in.readBytes());
    return alert;
  }
}
