package io.riskstream.pipeline.type;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Text and bytes of any length, null included, as the serializers here write them. */
final class Fields {
  private static final int ABSENT = -1;

  private Fields() {}

  static void writeText(String text, DataOutputView target) throws IOException {
    writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), target);
  }

  static String readText(DataInputView source) throws IOException {
    var bytes = readBytes(source);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      target.write(bytes);
    }
  }

  static byte[] readBytes(DataInputView source) throws IOException {
    var length = source.readInt();
    if (length == ABSENT) {
      return null;
    }
    var bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }
}
