package io.riskstream.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.chaos.scenario.ShippedScenarios;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PatchesTest {
  private static final Path CHECKOUT = Path.of("");
  private static final List<Path> CLASSPATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Path::of)
          .toList();

  @TempDir Path classes;

  static Stream<Patch> all() throws PatchException {
    return Stream.concat(Patches.mutants().stream(), Patches.versions().stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void eachStillFitsTheSourcesAndCompiles(Patch patch) throws Exception {
    PatchedJar.compile(patch, CHECKOUT, CLASSPATH, classes);
    for (var edit : patch.edits()) {
      assertThat(classes.resolve(edit.file().replace(".java", ".class"))).exists();
    }
  }

  @Test
  void everyMutantNamesTheScenarioThatMustFailWithIt() throws Exception {
    assertThat(Patches.mutants()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(Patches.mutants())
        .allSatisfy(
            mutant -> assertThat(ShippedScenarios.names()).contains(mutant.killedBy().orElse("")));
  }

  @Test
  void everyVersionCallsItselfAnotherOne() throws Exception {
    assertThat(Patches.versions())
        .allSatisfy(version -> assertThat(version.version()).isPresent())
        .extracting(Patch::name)
        .containsExactly("broken-at-start", "broken-later", "next-version", "unreadable");
  }

  @Test
  void aPatchOfAnUnknownNameIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> Patches.version("newest"))
        .isInstanceOf(PatchException.class)
        .hasMessageContainingAll("'newest'", "next-version");
  }

  @Test
  void aPatchThatTheSourcesHaveLeftBehindIsRefusedByName() throws Exception {
    Files.createDirectories(classes.resolve("src/main/java"));
    Files.writeString(classes.resolve("src/main/java/A.java"), "class A { int a; int b; }");
    for (var find : List.of("int c;", "int ")) {
      assertThatThrownBy(() -> compile("A.java", find, "long c;"))
          .isInstanceOf(PatchException.class)
          .hasMessageContainingAll("patch old", "A.java", find, "adapt");
    }
    assertThatThrownBy(() -> compile("A.java", "int a;", "no a;"))
        .isInstanceOf(PatchException.class)
        .hasMessageContainingAll("patch old does not compile", "A.java");
    assertThatThrownBy(() -> compile("B.java", "int a;", "no a;"))
        .isInstanceOf(PatchException.class)
        .hasMessageContainingAll("patch old", "B.java", "checkout");
  }

  private void compile(String file, String find, String replace) throws Exception {
    var patch =
        Patch.parse(
            "old",
            "title: t\nedits:\n  - {file: '%s', find: '%s', replace: '%s'}\n"
                .formatted(file, find, replace));
    PatchedJar.compile(patch, classes, CLASSPATH, classes);
  }

  @Test
  void aFileThatIsNoPatchIsRefused() {
    assertRefused("title: [", "one YAML document");
    assertRefused("title: t\nedits: []", "no edits");
    assertRefused("titel: t", "unknown key 'titel'");
    assertRefused("title: t\nedits: [{file: A.java, find: x}]", "lacks replace");
    assertRefused("title: t\nversion: 1\nedits: [{file: a, find: b, replace: c}]", "no text");
  }

  private static void assertRefused(String yaml, String why) {
    assertThatThrownBy(() -> Patch.parse("odd", yaml))
        .isInstanceOf(PatchException.class)
        .hasMessageContainingAll("patch odd", why);
  }
}
