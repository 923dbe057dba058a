package io.riskstream.source.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.registry.RegistryAddress;
import io.riskstream.source.avro.CachedSchemas.Absent;
import io.riskstream.source.avro.CachedSchemas.Answer;
import io.riskstream.source.avro.CachedSchemas.Unusable;
import io.riskstream.source.avro.CachedSchemas.Usable;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeRegistry;
import io.riskstream.testkit.RecordedMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an answer of the registry, and what is waited out. */
@Timeout(60)
final class PatientRegistryTest {
  private static final String EVENT =
      "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"event_id\",\"type\":\"string\"}]}";

  private final RecordedMetrics metrics = new RecordedMetrics();
  private FakeRegistry fake;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeRegistry();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @Test
  void aRecordsSchemaCanBeUsed() throws Exception {
    fake.schema(7, EVENT);

    var usable = (Usable) registry().ask(7);

    assertThat(usable.schema().fields()).extracting(WriterSchema.Field::written).hasSize(1);
    assertThat(metrics.count("registryRetries")).isZero();
  }

  @Test
  void theRegistrysOwnNotFoundIsAnAnswer() throws Exception {
    assertThat(registry().ask(7)).isInstanceOf(Absent.class);
    assertThat(fake.requests()).containsExactly("GET /schemas/ids/7");
  }

  @Test
  void aNegativeIdIsNotAskedFor() throws Exception {
    assertThat(registry().ask(-1)).isInstanceOf(Absent.class);
    assertThat(fake.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"schema\":\"\\\"string\\\"\"}                       | of type string, not record",
        "{\"schema\":\"{\"}                                    | no Avro schema",
        "{\"schema\":\"\"}                                     | no Avro schema",
        "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}           | a schema of JSON",
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":"
            + "[{\\\"name\\\":\\\"e\\\",\\\"type\\\":\\\"a.E\\\"}]}\",\"references\":"
            + "[{\"name\":\"a.E\",\"subject\":\"gone\",\"version\":3}]} | version 3 of gone",
      })
  void whatIsNoRecordOfAvroNeverWillBe(String body, String why) throws Exception {
    fake.answer("/schemas/ids/7", 200, body);
    fake.answer("/subjects/gone/versions/3", 404, "{\"error_code\":40402}");

    assertThat(((Unusable) registry().ask(7)).why()).contains(why);
    assertThat(metrics.count("registryRetries")).isZero();
  }

  @Test
  void typesThatASchemaRefersToAreLookedUp() throws Exception {
    fake.answer(
        "/schemas/ids/7",
        200,
        "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":"
            + "[{\\\"name\\\":\\\"e\\\",\\\"type\\\":\\\"E\\\"}]}\",\"references\":"
            + "[{\"name\":\"E\",\"subject\":\"a b\",\"version\":3}]}");
    fake.answer(
        "/subjects/a b/versions/3", 200, "{\"schema\":\"" + EVENT.replace("\"", "\\\"") + "\"}");

    assertThat(registry().ask(7)).isInstanceOf(Usable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"error_code\":50001}",
        "503 | busy",
        "429 | slow down",
        "401 | who are you",
        "403 | not you",
        "400 | what",
        "404 | <html>no such page</html>",
        "404 | {\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
        "200 | <html>please log in</html>",
        "200 | {\"hello\":\"world\"}",
        "0   | -",
      })
  void whatIsNoAnswerIsAskedAgain(int status, String body) throws Exception {
    fake.schema(7, EVENT);
    fake.answerNext(status, body);
    fake.answerNext(status, body);
    var registry = new PatientRegistry(fake.address(null, Duration.ofMillis(300)), metrics);

    assertThat(registry.ask(7)).isInstanceOf(Usable.class);
    assertThat(metrics.count("registryRetries")).isEqualTo(2);
    assertThat(metrics.count("registryRequests")).isEqualTo(3);
    assertThat(metrics.gauge("registryUnavailableMillis")).isZero();
  }

  @Test
  void anAnswerThatStallsInItsBodyIsAskedForAgain() throws Exception {
    fake.schema(7, EVENT);
    fake.stallNext();
    var registry = new PatientRegistry(fake.address(null, Duration.ofMillis(300)), metrics);

    assertThat(registry.ask(7)).isInstanceOf(Usable.class);
    assertThat(metrics.count("registryRetries")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"foo\"", "5", "[]"})
  void anOrderThatAvrosParserStumblesOverIsNoSchema(String order) throws Exception {
    fake.schema(
        7,
        "{\"type\":\"record\",\"name\":\"E\",\"fields\":"
            + "[{\"name\":\"a\",\"type\":\"string\",\"order\":"
            + order
            + "}]}");

    assertThat(((Unusable) registry().ask(7)).why()).startsWith("it is no Avro schema");
    assertThat(metrics.count("registryRetries")).isZero();
  }

  @Test
  void sendsUserAndPassword() throws Exception {
    new PatientRegistry(fake.address("reader:geheim", Duration.ofSeconds(1)), metrics).ask(7);

    assertThat(fake.requests()).containsExactly("GET /schemas/ids/7 Basic cmVhZGVyOmdlaGVpbQ==");
  }

  @Test
  void anAbsentRegistryIsWaitedForAndSeen() throws Exception {
    var address = fake.address();
    fake.close();
    var registry = new PatientRegistry(address, metrics);
    var asking = new Asking(registry);
    Await.until("the trouble is seen", () -> metrics.gauge("registryUnavailableMillis") > 0);
    Await.until("it is asked again", () -> metrics.count("registryRetries") > 2);
    assertThat(asking.answer).isNotDone();

    asking.thread.interrupt();

    assertThatThrownBy(() -> asking.answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isInterruptedWhileItWaitsForAnAnswer(boolean begun) {
    if (begun) {
      fake.stallNext();
    } else {
      fake.answerNext(0, "");
    }
    var asking =
        new Asking(new PatientRegistry(fake.address(null, Duration.ofMinutes(1)), metrics));
    Await.until("it was asked", () -> fake.requests().size() == 1);

    asking.thread.interrupt();

    assertThatThrownBy(() -> asking.answer.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  private PatientRegistry registry() {
    RegistryAddress address = fake.address();
    return new PatientRegistry(address, metrics);
  }

  /** Asks for schema 7 on a thread of its own. */
  private static final class Asking {
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Thread thread;

    Asking(PatientRegistry registry) {
      thread =
          new Thread(
              () -> {
                try {
                  answer.complete(registry.ask(7));
                } catch (InterruptedException interrupted) {
                  answer.completeExceptionally(interrupted);
                }
              });
      thread.start();
    }
  }
}
