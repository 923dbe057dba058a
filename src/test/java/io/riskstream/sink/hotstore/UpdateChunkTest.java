package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.HotUpdate;
import io.riskstream.model.UserSnapshotCodec;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

/** What a checkpoint keeps of unwritten snapshots. */
class UpdateChunkTest {
  private final UpdateChunk.Serializer serializer = new UpdateChunk.Serializer();

  @Test
  void splitsIntoChunksWithoutLoss() {
    var snapshots = snapshots(2 * UpdateChunk.SIZE + 1);
    var chunks = UpdateChunk.split(snapshots);
    assertThat(chunks).hasSize(3);
    assertThat(chunks.stream().flatMap(chunk -> chunk.updates().stream()))
        .containsExactlyElementsOf(snapshots);
    assertThat(UpdateChunk.split(List.of())).isEmpty();
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    var chunk = new UpdateChunk(snapshots(UpdateChunk.SIZE), null);
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(chunk)))
        .isEqualTo(chunk);
  }

  @Test
  void readsBackWhatAWriterOwes() throws IOException {
    for (var memory :
        List.of(
            new StoreMemory("store", 7, true, "asked", 8, 1, 4),
            new StoreMemory(null, 0, false, null, 0, 0, 1))) {
      var chunk = UpdateChunk.of(memory);
      assertThat(serializer.deserialize(2, serializer.serialize(chunk))).isEqualTo(chunk);
    }
  }

  /** As releases before the rebuild wrote it. */
  @Test
  void readsTheSnapshotsOfVersionOne() throws IOException {
    var output = new DataOutputSerializer(64);
    output.writeInt(1);
    UserSnapshotCodec.write(Snapshots.of("anna", 3), output);
    assertThat(serializer.deserialize(1, output.getCopyOfBuffer()))
        .isEqualTo(new UpdateChunk(List.of(Snapshots.of("anna", 3)), null));
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.deserialize(3, new byte[4]))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("version 3");
  }

  private static List<HotUpdate> snapshots(int count) {
    return IntStream.range(0, count)
        .<HotUpdate>mapToObj(index -> Snapshots.of("user-" + index, index))
        .toList();
  }
}
