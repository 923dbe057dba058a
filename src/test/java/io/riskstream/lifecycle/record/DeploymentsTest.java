package io.riskstream.lifecycle.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.lifecycle.record.Operation.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsTest {
  @TempDir Path folder;
  private Deployments record;

  @BeforeEach
  void makeRecord() {
    record = new Deployments(folder.resolve("deployments"));
  }

  @Test
  void aRecordThatIsAbsentIsEmptyAndIsNotMadeByAQuestion() throws Exception {
    assertThat(record.all()).isEmpty();
    assertThat(record.of("j1")).isEmpty();
    assertThat(record.underWay()).isEmpty();
    assertThat(record.folder()).doesNotExist();
  }

  @Test
  void whatWasNotedIsFoundByAnotherProcess() throws Exception {
    var noted = record.add(deployment("j1", "a.jar", 0));

    assertThat(noted.number()).isEqualTo(1);
    assertThat(new Deployments(record.folder()).of("j1")).contains(noted);
    try (var files = Files.list(record.folder())) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void aRollbackGoesToTheNewestFormerOfAnotherProgram() throws Exception {
    var first = record.add(deployment("j1", "a.jar", 0));
    var second = record.add(deployment("j2", "b.jar", first.number()));
    var rescaled = record.add(deployment("j3", "b.jar", second.number()));

    assertThat(record.former(rescaled)).contains(first);
    assertThat(record.former(first)).isEmpty();
  }

  @Test
  void jarsAndConfigurationsAreKeptByContent() throws Exception {
    var jar = Files.writeString(folder.resolve("x.jar"), "one");
    var config = Files.writeString(folder.resolve("c.yaml"), "job: {}");

    var copy = record.keepJar(jar);
    var arguments =
        record.keepConfiguration(List.of("pipeline", "--config", config.toString(), "-Da=b"));
    Files.writeString(config, "job: {name: other}");

    assertThat(record.keepJar(jar)).isEqualTo(copy).hasContent("one");
    assertThat(arguments).startsWith("pipeline", "--config").endsWith("-Da=b");
    assertThat(Path.of(arguments.get(2))).hasContent("job: {}");
    assertThat(record.keepConfiguration(List.of("--config=" + config)).get(0))
        .startsWith("--config=" + record.folder())
        .isNotEqualTo("--config=" + arguments.get(2));
  }

  @Test
  void tenDeploymentsAreKeptWithTheirJarsAndNoMore() throws Exception {
    var jars = new Path[12];
    for (var number = 0; number < jars.length; number++) {
      jars[number] =
          record.keepJar(Files.writeString(folder.resolve("x.jar"), "version " + number));
      record.add(deployment("j" + number, jars[number].getFileName().toString(), 0));
    }

    assertThat(record.all()).hasSize(10).first().extracting(Deployment::number).isEqualTo(3);
    assertThat(jars[1]).doesNotExist();
    assertThat(jars[2]).exists();
  }

  @Test
  void aJarThatIsGoneIsNamed() throws Exception {
    var noted = record.add(deployment("j1", "gone.jar", 0));

    assertThatThrownBy(() -> record.jar(noted))
        .hasMessageContainingAll("gone.jar", "deployment 1", "--former-jar");
  }

  @Test
  void aChangeUnderWayIsThereUntilItsEnd() throws Exception {
    var operation =
        new Operation("upgrade", Step.STOPPING, 1, "now", "here:1", "j1", "t", "", "j2", 2);
    record.note(operation);
    var submitting = operation.at(Step.SUBMITTING).withSavepoint("file:/s");
    record.note(submitting);

    assertThat(new Deployments(record.folder()).underWay()).contains(submitting);
    record.clear();
    assertThat(record.underWay()).isEmpty();
  }

  @Test
  void twoDoNotChangeJobsAtOnce() throws Exception {
    try (var held = record.lock()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> new Deployments(record.folder()).lock())
          .hasMessageContaining("another command");
    }
    record.lock().close();
  }

  @Test
  void aDamagedFileIsNamed() throws Exception {
    var noted = record.add(deployment("j1", "a.jar", 0));
    var file = record.folder().resolve("%04d.json".formatted(noted.number()));
    Files.writeString(file, "{");

    assertThatThrownBy(record::all).hasMessageContainingAll(file.toString(), "repair or remove");
  }

  private static Deployment deployment(String job, String jar, int former) {
    return new Deployment(
        0,
        "submit",
        "now",
        "here:1",
        job,
        "riskstream",
        "1",
        jar,
        List.of("pipeline"),
        2,
        "",
        former);
  }
}
