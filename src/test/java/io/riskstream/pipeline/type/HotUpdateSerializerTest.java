package io.riskstream.pipeline.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.RebuildMark;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Updates of the hot store travel unchanged, and a savepoint finds the serializer again. */
class HotUpdateSerializerTest {
  private final TypeSerializer<HotUpdate> serializer =
      StreamTypes.HOT_UPDATE.createSerializer(new SerializerConfigImpl());
  private final HotUpdate snapshot = Snapshots.of("user-ü", 42);

  @Test
  void readsBackWhatItWrote() throws IOException {
    var alert = new HotAlert("a1", 1, 2, 3, 4, Map.of("rule_id", "high-score", "score", "0.8"));
    var mark = new RebuildMark(true, List.of("one", "two"), 1, 2, 1L << 40);
    for (var update : List.of(snapshot, alert, mark)) {
      var output = new DataOutputSerializer(16);
      serializer.serialize(update, output);
      var input = new DataInputDeserializer(output.getCopyOfBuffer());
      assertThat(serializer.deserialize(input)).isEqualTo(update);
      assertThat(input.available()).isZero();
    }
  }

  @Test
  void copiesBytesOfOneValueOnly() throws IOException {
    var two = new DataOutputSerializer(16);
    serializer.serialize(snapshot, two);
    var length = two.length();
    serializer.serialize(Snapshots.of("other", 1), two);
    var copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(two.getCopyOfBuffer()), copied);
    assertThat(copied.getCopyOfBuffer()).hasSize(length);
    assertThat(serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer())))
        .isEqualTo(snapshot);
  }

  @Test
  void sharesValuesBecauseTheyAreImmutable() {
    assertThat(serializer.isImmutableType()).isTrue();
    assertThat(serializer.copy(snapshot)).isSameAs(snapshot);
  }

  @Test
  void isFoundAgainFromASavepoint() throws IOException {
    var output = new DataOutputSerializer(16);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        output, serializer.snapshotConfiguration());
    var restored =
        TypeSerializerSnapshotSerializationUtil.<HotUpdate>readSerializerSnapshot(
            new DataInputDeserializer(output.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void survivesShippingTheGraph() throws Exception {
    assertThat(InstantiationUtil.clone(StreamTypes.HOT_UPDATE)).isEqualTo(StreamTypes.HOT_UPDATE);
  }
}
