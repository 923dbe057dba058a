package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The layout is lossless for any field values and says where a snapshot ends. */
class UserSnapshotCodecTest {
  @Property
  void readsBackWhatItWrote(
      @ForAll String userId,
      @ForAll String level,
      @ForAll String rulesVersion,
      @ForAll int score,
      @ForAll long events,
      @ForAll long seen,
      @ForAll long activity,
      @ForAll boolean isFinal,
      @ForAll int attempt)
      throws IOException {
    var snapshot =
        new UserSnapshot(
            userId,
            score,
            level,
            isFinal,
            events,
            seen,
            activity,
            rulesVersion,
            ~seen,
            ~activity,
            isFinal,
            !isFinal,
            new SnapshotVersion(~score, ~events, seen ^ activity, attempt));
    assertThat(read(write(snapshot))).isEqualTo(snapshot);
  }

  @Test
  void readsSnapshotsThatFollowEachOther() throws IOException {
    var first = snapshot("a", Long.MIN_VALUE);
    var second = snapshot("ü", 7);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(write(first));
    bytes.writeBytes(write(second));
    var input = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(UserSnapshotCodec.read(input)).isEqualTo(first);
    assertThat(UserSnapshotCodec.read(input)).isEqualTo(second);
    assertThat(input.available()).isZero();
  }

  private static UserSnapshot snapshot(String userId, long watermarkMillis) {
    return new UserSnapshot(
        userId,
        1,
        "low",
        false,
        2,
        3,
        4,
        "r",
        5,
        watermarkMillis,
        true,
        false,
        new SnapshotVersion(6, 7, 8, 9));
  }

  private static byte[] write(UserSnapshot snapshot) throws IOException {
    var bytes = new ByteArrayOutputStream();
    UserSnapshotCodec.write(snapshot, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static UserSnapshot read(byte[] bytes) throws IOException {
    return UserSnapshotCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
