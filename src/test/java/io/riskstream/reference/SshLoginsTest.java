package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped sample of real logins, against a table that an independent script made of it. */
class SshLoginsTest {
  private static final Path SAMPLE = Path.of("samples", "ssh-logins.ndjson");
  private static final Path EXPECTED = Path.of("src/test/resources/ssh-logins.expected.csv");
  private static final long INGEST_MILLIS = Instant.parse("2018-01-01T00:00:00Z").toEpochMilli();

  @Test
  void everyUserHasTheCountsAndTheScoreOfTheExpectedTable() throws IOException {
    var minute = Duration.ofMinutes(1).toMillis();
    var result = ReferenceModel.of(sent(), new ReferenceSettings(minute, minute, minute));

    var rows = new ArrayList<String>();
    rows.add(
        "user_id,total_events,failed_login,successful_login,first_seen,last_activity,"
            + "score_millionths");
    for (var user : new TreeMap<>(result.users()).values()) {
      rows.add(
          "%s,%d,%d,%d,%d,%d,%d"
              .formatted(
                  user.userId(),
                  user.totalEvents(),
                  count(result, user.userId(), "failed_login"),
                  count(result, user.userId(), "successful_login"),
                  user.firstSeenMillis(),
                  user.lastActivityMillis(),
                  user.scoreMicros()));
    }

    assertThat(rows).hasSize(32).containsExactlyElementsOf(Files.readAllLines(EXPECTED));
  }

  private static long count(Expected result, String userId, String eventType) {
    return result.ledger().stream()
        .filter(row -> row.userId().equals(userId) && row.eventType().equals(eventType))
        .count();
  }

  private static List<SentRecord> sent() throws IOException {
    var sent = new ArrayList<SentRecord>();
    for (var line : Files.readAllLines(SAMPLE)) {
      var coordinates = new Coordinates("events", 0, sent.size(), INGEST_MILLIS);
      sent.add(new SentRecord(coordinates, "sample", null, line.getBytes(StandardCharsets.UTF_8)));
    }
    return sent;
  }
}
