package io.riskstream.pipeline.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** User snapshots travel unchanged, and a savepoint finds the serializer again. */
class UserSnapshotSerializerTest {
  private final TypeSerializer<UserSnapshot> serializer =
      UserSnapshotSerializer.TYPE.createSerializer(new SerializerConfigImpl());
  private final UserSnapshot snapshot = Snapshots.of("user-ü", 42);

  @Test
  void readsBackWhatItWrote() throws IOException {
    var output = new DataOutputSerializer(16);
    serializer.serialize(snapshot, output);
    var input = new DataInputDeserializer(output.getCopyOfBuffer());
    assertThat(serializer.deserialize(input)).isEqualTo(snapshot);
    assertThat(input.available()).isZero();
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
        TypeSerializerSnapshotSerializationUtil.<UserSnapshot>readSerializerSnapshot(
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
    assertThat(InstantiationUtil.clone(UserSnapshotSerializer.TYPE))
        .isEqualTo(UserSnapshotSerializer.TYPE);
  }
}
