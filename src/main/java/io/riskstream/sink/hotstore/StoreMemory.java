package io.riskstream.sink.hotstore;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a checkpoint keeps of a writer's account with the store.
 *
 * @param storeIdOrNull the store that was last written to, in which life of its server
 * @param degradedSinceMillis since when users are missing there, epoch milliseconds; 0 if none are
 * @param incomplete whether the rebuild under way, if any, is known not to suffice
 * @param askedIdOrNull the rebuild that was asked for and has not come through
 * @param alertsDroppedMillis since when no alert is missing, epoch milliseconds, or 0
 * @param subtask whose account it is, out of {@code parallelism}
 */
record StoreMemory(
    String storeIdOrNull,
    long degradedSinceMillis,
    boolean incomplete,
    String askedIdOrNull,
    long alertsDroppedMillis,
    int subtask,
    int parallelism) {

  void write(DataOutput output) throws IOException {
    writeOptional(storeIdOrNull, output);
    output.writeLong(degradedSinceMillis);
    output.writeBoolean(incomplete);
    writeOptional(askedIdOrNull, output);
    output.writeLong(alertsDroppedMillis);
    output.writeInt(subtask);
    output.writeInt(parallelism);
  }

  static StoreMemory read(DataInput input) throws IOException {
    return new StoreMemory(
        readOptional(input),
        input.readLong(),
        input.readBoolean(),
        readOptional(input),
        input.readLong(),
        input.readInt(),
        input.readInt());
  }

  private static void writeOptional(String textOrNull, DataOutput output) throws IOException {
    output.writeBoolean(textOrNull != null);
    if (textOrNull != null) {
      output.writeUTF(textOrNull);
    }
  }

  private static String readOptional(DataInput input) throws IOException {
    return input.readBoolean() ? input.readUTF() : null;
  }
}
