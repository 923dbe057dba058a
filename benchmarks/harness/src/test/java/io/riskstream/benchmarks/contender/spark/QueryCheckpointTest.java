package io.riskstream.benchmarks.contender.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCheckpointTest {
  private static final String TOPIC = "input-topic";

  @TempDir Path folder;
  private QueryCheckpoint checkpoint;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(folder.resolve("offsets"));
    Files.createDirectories(folder.resolve("commits"));
    checkpoint = new QueryCheckpoint(folder);
  }

  @Test
  void hasCommittedNothingBeforeItsFolderIsThere() throws IOException {
    assertThat(new QueryCheckpoint(folder.resolve("absent")).committed(TOPIC)).isEmpty();
  }

  @Test
  void hasNotCommittedABatchThatHasOnlyBegun() throws IOException {
    begun(0, "{\"0\":100,\"1\":90}");

    assertThat(checkpoint.committed(TOPIC)).isEmpty();
  }

  @Test
  void hasCommittedWhereTheNewestEndedBatchStopsReading() throws IOException {
    for (var batch = 0; batch <= 10; batch++) { // by text, 9 would be the newest
      begun(batch, "{\"0\":%d,\"1\":%d}".formatted(100 + batch, 90 + batch));
      ended(Integer.toString(batch));
    }
    begun(11, "{\"0\":1000,\"1\":1000}");

    assertThat(checkpoint.committed(TOPIC)).isEqualTo(Map.of(0, 110L, 1, 100L));
  }

  @Test
  void passesOverChecksumsAndWhatIsBeingWritten() throws IOException {
    begun(0, "{\"0\":100,\"1\":90}");
    ended("0");
    ended(".7.crc");
    ended(".7.0b1f.tmp");

    assertThat(checkpoint.committed(TOPIC)).isEqualTo(Map.of(0, 100L, 1, 90L));
  }

  @Test
  void refusesOffsetsOfAnotherForm() throws IOException {
    Files.writeString(folder.resolve("offsets").resolve("0"), "v2\n{}\n");
    ended("0");

    assertThatThrownBy(() -> checkpoint.committed(TOPIC))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("offsets/0 holds no offsets of input-topic")
        .hasMessageContaining("v2");
  }

  @Test
  void refusesOffsetsOfAnotherTopic() throws IOException {
    begun(0, "{\"0\":100}");
    ended("0");

    assertThatThrownBy(() -> checkpoint.committed("other"))
        .hasMessageContaining("holds no offsets of other");
  }

  @Test
  void addsUpTheFilesOfItsState() throws IOException {
    assertThat(checkpoint.stateBytes()).isZero();

    var partition = Files.createDirectories(folder.resolve("state/0/1"));
    Files.writeString(partition.resolve("1.changelog"), "12345");
    Files.writeString(Files.createDirectory(partition.resolve("SSTs")).resolve("0.sst"), "123");
    Files.writeString(folder.resolve("metadata"), "is no state");

    assertThat(checkpoint.stateBytes()).isEqualTo(8);
  }

  private void begun(int batch, String offsets) throws IOException {
    var text =
        """
        v1
        {"batchWatermarkMs":0,"batchTimestampMs":1767225600000,"conf":{}}
        {"%s":%s}"""
            .formatted(TOPIC, offsets);
    Files.writeString(folder.resolve("offsets").resolve(Integer.toString(batch)), text);
  }

  private void ended(String batch) throws IOException {
    Files.writeString(folder.resolve("commits").resolve(batch), "v1\n{\"nextBatchWatermarkMs\":0}");
  }
}
