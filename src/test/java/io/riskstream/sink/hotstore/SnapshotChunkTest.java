package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a checkpoint keeps of unwritten snapshots. */
class SnapshotChunkTest {
  private final SnapshotChunk.Serializer serializer = new SnapshotChunk.Serializer();

  @Test
  void splitsIntoChunksWithoutLoss() {
    var snapshots = snapshots(2 * SnapshotChunk.SIZE + 1);
    var chunks = SnapshotChunk.split(snapshots);
    assertThat(chunks).hasSize(3);
    assertThat(chunks.stream().flatMap(chunk -> chunk.snapshots().stream()))
        .containsExactlyElementsOf(snapshots);
    assertThat(SnapshotChunk.split(List.of())).isEmpty();
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    var chunk = new SnapshotChunk(snapshots(SnapshotChunk.SIZE));
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(chunk)))
        .isEqualTo(chunk);
  }

  @Test
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[4]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 2");
  }

  private static List<UserSnapshot> snapshots(int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> Snapshots.of("user-" + index, index))
        .toList();
  }
}
