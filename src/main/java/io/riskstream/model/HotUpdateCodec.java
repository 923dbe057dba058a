package io.riskstream.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The byte layout of a {@link HotUpdate}, between operators and in the hot store's state alike;
 * what is written is read back equal. A change of layout needs a new version of each serializer
 * that uses it.
 */
public final class HotUpdateCodec {
  private static final byte SNAPSHOT = 1;
  private static final byte ALERT = 2;
  private static final byte MARK = 3;
  private static final byte WINDOW = 4;

  private HotUpdateCodec() {}

  /** Writes the update; texts may take up to 65,535 bytes each. */
  public static void write(HotUpdate update, DataOutput output) throws IOException {
    if (update instanceof UserSnapshot snapshot) {
      output.writeByte(SNAPSHOT);
      UserSnapshotCodec.write(snapshot, output);
    } else if (update instanceof HotAlert alert) {
      output.writeByte(ALERT);
      writeAlert(alert, output);
    } else if (update instanceof RebuildMark mark) {
      output.writeByte(MARK);
      writeMark(mark, output);
    } else if (update instanceof HotWindow window) {
      output.writeByte(WINDOW);
      writeWindow(window, output);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static HotUpdate read(DataInput input) throws IOException {
    var kind = input.readByte();
    return switch (kind) {
      case SNAPSHOT -> UserSnapshotCodec.read(input);
      case ALERT -> readAlert(input);
      case MARK -> readMark(input);
      case WINDOW -> readWindow(input);
      default -> throw new IOException("no update of the hot store has the kind " + kind);
    };
  }

  private static void writeAlert(HotAlert alert, DataOutput output) throws IOException {
    output.writeUTF(alert.alertId());
    output.writeInt(alert.epoch());
    output.writeInt(alert.revision());
    output.writeInt(alert.attempt());
    output.writeLong(alert.eventTimeMillis());
    writeFields(alert.fields(), output);
  }

  private static HotAlert readAlert(DataInput input) throws IOException {
    var alertId = input.readUTF();
    var epoch = input.readInt();
    var revision = input.readInt();
    var attempt = input.readInt();
    var eventTimeMillis = input.readLong();
    return new HotAlert(alertId, epoch, revision, attempt, eventTimeMillis, readFields(input));
  }

  private static void writeWindow(HotWindow window, DataOutput output) throws IOException {
    output.writeUTF(window.window());
    output.writeUTF(window.eventType());
    output.writeLong(window.windowEndMillis());
    output.writeInt(window.revision());
    output.writeInt(window.epoch());
    output.writeInt(window.attempt());
    writeFields(window.fields(), output);
  }

  private static HotWindow readWindow(DataInput input) throws IOException {
    return new HotWindow(
        input.readUTF(),
        input.readUTF(),
        input.readLong(),
        input.readInt(),
        input.readInt(),
        input.readInt(),
        readFields(input));
  }

  private static void writeFields(Map<String, String> fields, DataOutput output)
      throws IOException {
    output.writeInt(fields.size());
    for (var field : fields.entrySet()) {
      output.writeUTF(field.getKey());
      output.writeUTF(field.getValue());
    }
  }

  private static Map<String, String> readFields(DataInput input) throws IOException {
    var fields = new LinkedHashMap<String, String>();
    for (var left = input.readInt(); left > 0; left--) {
      fields.put(input.readUTF(), input.readUTF());
    }
    return fields;
  }

  private static void writeMark(RebuildMark mark, DataOutput output) throws IOException {
    output.writeBoolean(mark.done());
    output.writeInt(mark.ids().size());
    for (var id : mark.ids()) {
      output.writeUTF(id);
    }
    output.writeInt(mark.subtask());
    output.writeInt(mark.parallelism());
    output.writeLong(mark.users());
  }

  private static RebuildMark readMark(DataInput input) throws IOException {
    var done = input.readBoolean();
    var ids = new ArrayList<String>();
    for (var left = input.readInt(); left > 0; left--) {
      ids.add(input.readUTF());
    }
    return new RebuildMark(done, ids, input.readInt(), input.readInt(), input.readLong());
  }
}
