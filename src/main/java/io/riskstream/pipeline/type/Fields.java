package io.riskstream.pipeline.type;

import io.riskstream.model.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Text and bytes of any length, null included, as the serializers of values write them. */
public final class Fields {
  private static final int ABSENT = -1;

  private Fields() {}

  public static void writeText(String text, DataOutputView target) throws IOException {
    writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), target);
  }

  public static String readText(DataInputView source) throws IOException {
    var bytes = readBytes(source);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  public static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      target.write(bytes);
    }
  }

  public static byte[] readBytes(DataInputView source) throws IOException {
    var length = source.readInt();
    if (length == ABSENT) {
      return null;
    }
    var bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  public static void writeCoordinates(Coordinates coordinates, DataOutputView target)
      throws IOException {
    writeText(coordinates.topic(), target);
    target.writeInt(coordinates.partition());
    target.writeLong(coordinates.offset());
    target.writeLong(coordinates.ingestTimeMillis());
  }

  public static Coordinates readCoordinates(DataInputView source) throws IOException {
    return new Coordinates(
        readText(source), source.readInt(), source.readLong(), source.readLong());
  }
}
