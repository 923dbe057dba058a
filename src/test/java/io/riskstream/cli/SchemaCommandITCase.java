package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Event;
import io.riskstream.server.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code schema check} and {@code schema register} as they are typed, with a real registry. */
@Timeout(120)
final class SchemaCommandITCase {
  private static final String CONTRACT = Event.getClassSchema().toString();
  private static final String ADDED =
      ",{\"name\":\"app_version\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
  private static final String ADDED_WITHOUT_DEFAULT =
      ",{\"name\":\"app_version\",\"type\":\"string\"}]}";

  private static EmbeddedRegistry registry;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    registry = EmbeddedRegistry.start(0, null);
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void aCompatibleSchemaPassesAndIsRegisteredOnce(TestInfo test) throws Exception {
    assertThat(run(test, "check", CONTRACT).lastLine())
        .isEqualTo("verdict: PASS versions=0 incompatible=0");
    assertThat(run(test, "register", CONTRACT).lastLine())
        .startsWith("verdict: PASS versions=0 incompatible=0 id=");
    var registered = run(test, "register", with(ADDED));
    assertThat(registered.status()).isZero();

    var again = run(test, "register", with(ADDED));

    assertThat(again.lastLine()).startsWith("verdict: PASS versions=2 incompatible=0 id=");
    assertThat(idOf(again)).isEqualTo(idOf(registered));
    assertThat(run(test, "check", CONTRACT).lastLine())
        .isEqualTo("verdict: PASS versions=2 incompatible=0");
  }

  @Test
  void aFieldWithoutDefaultIsIncompatibleBackward(TestInfo test) throws Exception {
    run(test, "register", CONTRACT);

    var run = run(test, "register", with(ADDED_WITHOUT_DEFAULT));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("incompatible: version 1, backward, at /fields/7: READER_FIELD_MISSING_DEFAULT")
        .contains("app_version")
        .doesNotContain("forward");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL versions=1 incompatible=1");
    assertThat(run(test, "check", CONTRACT).lastLine()).as("not registered").contains("versions=1");
  }

  @Test
  void aFieldThatOlderReadersNeedIsIncompatibleForward(TestInfo test) throws Exception {
    run(test, "register", with(ADDED_WITHOUT_DEFAULT));

    var run = run(test, "check", CONTRACT);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("incompatible: version 1, forward, at /fields/7: READER_FIELD_MISSING_DEFAULT")
        .doesNotContain("backward");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL versions=1 incompatible=1");
  }

  @Test
  void anotherScaleIsIncompatibleBothWays(TestInfo test) throws Exception {
    run(test, "register", CONTRACT);

    var run = run(test, "check", CONTRACT.replace("\"scale\":6", "\"scale\":7"));

    assertThat(run.out())
        .contains("version 1, backward, at /value: DECIMAL_MISMATCH: reader has scale 7")
        .contains("version 1, forward, at /value: DECIMAL_MISMATCH: reader has scale 6");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL versions=1 incompatible=2");
  }

  @Test
  void whatThePipelineWouldRefuseFailsWithoutAnyVersion(TestInfo test) throws Exception {
    var run =
        run(
            test,
            "check",
            """
            {"type": "record", "name": "Event", "fields": [
              {"name": "event_id", "type": ["null", "string"]},
              {"name": "user_id", "type": "int"},
              {"name": "timestamp", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
              {"name": "value", "type": ["null", "double", "string"]},
              {"name": "properties", "type": {"type": "array", "items": "string"}}]}
            """);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("the contract, contract, at /: missing-field: no field event_type")
        .contains("at /event_id: missing-field: \"null\"")
        .contains("at /user_id: wrong-type: \"int\"")
        .contains("at /timestamp: invalid-timestamp: ")
        .contains("at /value: invalid-value: \"string\"")
        .contains("at /properties: wrong-type: ");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL versions=0 incompatible=6");
  }

  @Test
  void whatIsNoSchemaFails(TestInfo test) throws Exception {
    var run = run(test, "check", "{\"type\":\"record\"}");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("incompatible: it is no Avro schema: ");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL");
  }

  @Test
  void nothingIsConcludedWithoutAnAnswer(TestInfo test) throws Exception {
    var absent = check(test, "http://127.0.0.1:1", CONTRACT);
    assertThat(absent.status()).isEqualTo(2);
    assertThat(absent.out())
        .contains("cannot be judged: the registry http://127.0.0.1:1 cannot be reached; start it");
    assertThat(absent.lastLine()).isEqualTo("verdict: INCONCLUSIVE");

    var elsewhere = check(test, registry.url().replace("/apis", "/nowhere"), CONTRACT);
    assertThat(elsewhere.status()).isEqualTo(2);
    assertThat(elsewhere.out()).contains("answers 404").contains("correct schema-registry.url");
  }

  @Test
  void nothingIsConcludedWithoutAFileOrAnAddress() {
    var noFile = CommandLineRun.of("schema", "check", "--registry", registry.url(), "gone.avsc");
    assertThat(noFile.status()).isEqualTo(2);
    assertThat(noFile.out()).contains("there is no file gone.avsc");

    var noAddress = CommandLineRun.of("schema", "check", "pom.xml");
    assertThat(noAddress.status()).isEqualTo(2);
    assertThat(noAddress.lastLine()).isEqualTo("verdict: INCONCLUSIVE");
  }

  @Test
  void theConfigurationNamesRegistryAndSubject(TestInfo test) throws Exception {
    var subject = test.getTestMethod().orElseThrow().getName();
    var file = Files.writeString(folder.resolve("contract.avsc"), CONTRACT);
    var arguments =
        new ArrayList<>(
            List.of(
                "-Dkafka.bootstrap-servers=127.0.0.1:1",
                "-Dlake.path=file:///lake",
                "-Dhot-store.uri=redis://127.0.0.1:1",
                "-Dkafka.events-topic=" + subject,
                "-Dschema-registry.url=" + registry.url(),
                file.toString()));
    arguments.addAll(0, List.of("schema", "register"));

    var run = CommandLineRun.of(arguments.toArray(String[]::new));

    assertThat(run.lastLine())
        .startsWith("verdict: PASS versions=0 incompatible=0 id=")
        .endsWith("subject=" + subject + "-value");
  }

  /** Each test has a subject of its own. */
  private CommandLineRun run(TestInfo test, String command, String schema) throws IOException {
    return run(test, command, registry.url(), schema);
  }

  private CommandLineRun check(TestInfo test, String url, String schema) throws IOException {
    return run(test, "check", url, schema);
  }

  private CommandLineRun run(TestInfo test, String command, String url, String schema)
      throws IOException {
    var subject = test.getTestMethod().orElseThrow().getName();
    var file = Files.writeString(folder.resolve("candidate.avsc"), schema);
    return CommandLineRun.of(
        "schema", command, "--registry", url, "--subject", subject, file.toString());
  }

  private static String with(String lastField) {
    return CONTRACT.substring(0, CONTRACT.lastIndexOf("]")) + lastField;
  }

  private static String idOf(CommandLineRun run) {
    return run.lastLine().replaceFirst(".* id=(\\d+) .*", "$1");
  }
}
