package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of events becomes. */
class FilePlanTest {
  @TempDir Path folder;

  @Test
  void everyLineIsSentAsItIsAndKeyedByItsUser() throws IOException {
    var file = folder.resolve("events.ndjson");
    Files.writeString(file, "{ \"user_id\" : \"ü\" }\r\n\n{\"user_id\":7}\nno json");

    var records = new ArrayList<PlannedRecord>();
    try (var plan = new FilePlan(file, 1_000, 100)) {
      plan.forEachRemaining(records::add);
    }

    assertThat(records)
        .extracting(r -> text(r.value()))
        .containsExactly("{ \"user_id\" : \"ü\" }\r", "", "{\"user_id\":7}", "no json");
    assertThat(records).extracting(r -> text(r.key())).containsExactly("ü", null, null, null);
    assertThat(records)
        .extracting(PlannedRecord::sendOffsetNanos)
        .containsExactly(0L, 1_000_000L, 2_000_000L, 3_000_000L);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
