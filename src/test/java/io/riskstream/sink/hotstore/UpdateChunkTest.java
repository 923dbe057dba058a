package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.HotUpdate;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
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
  void refusesAVersionItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.deserialize(3, new byte[4]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version 3");
  }

  private static List<HotUpdate> snapshots(int count) {
    return IntStream.range(0, count)
        .<HotUpdate>mapToObj(index -> Snapshots.of("user-" + index, index))
        .toList();
  }
}
