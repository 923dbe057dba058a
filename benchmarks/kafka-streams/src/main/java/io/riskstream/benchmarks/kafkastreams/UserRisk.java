package io.riskstream.benchmarks.kafkastreams;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** The state of one user; the score is in millionths. */
record UserRisk(long count, int scoreMicros) {
  static final UserRisk NONE = new UserRisk(0, 0);

  private static final int HIGHEST_MICROS = 1_000_000;

  /** Returns how it is kept: twelve bytes. */
  static Serde<UserRisk> serde() {
    return Serdes.serdeFrom(
        (topic, risk) ->
            risk == null
                ? null
                : ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(risk.count)
                    .putInt(risk.scoreMicros)
                    .array(),
        (topic, bytes) -> {
          if (bytes == null) {
            return null;
          }
          var kept = ByteBuffer.wrap(bytes);
          return new UserRisk(kept.getLong(), kept.getInt());
        });
  }

  UserRisk after(UserEvent event) {
    var score = scoreMicros + weightMicros(event.eventType());
    return new UserRisk(count + 1, Math.max(0, Math.min(HIGHEST_MICROS, score)));
  }

  private static int weightMicros(String eventType) {
    return switch (eventType) {
      case "failed_login" -> 100_000;
      case "successful_login" -> -50_000;
      default -> 0;
    };
  }
}
