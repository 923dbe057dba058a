package io.riskstream.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.packed.PackedWriter;
import io.riskstream.pipeline.state.StateDescription;
import io.riskstream.risk.UserState;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.InMemoryPipeline;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The versions of other layouts are what they say they are. */
final class PatchedStateTest {
  private static final String USER_STATE = UserState.class.getName();
  private static final String STATE = StateDescription.class.getPackageName() + ".State";

  @TempDir Path folder;

  @Test
  void theNextVersionReadsTheHeadsOfThisOneAndThisOneNotItsOwn() throws Exception {
    try (var next = load("next-version")) {
      var head = next.loadClass(USER_STATE);
      var anew = packed(head, unpacked(head, headOfThisVersion()));
      var layout = headOfThisVersion()[0] + 1;
      assertThat(anew[0]).isEqualTo((byte) layout);
      assertThat(packed(head, unpacked(head, anew))).hasSameSizeAs(anew);
      assertThatThrownBy(() -> UserState.unpack(anew)).hasMessageContaining("layout " + layout);
      assertThat(problemsAfterThisVersion(next)).isEqualTo("[]");
    }
  }

  @Test
  void theUnreadableVersionRefusesTheHeadsOfThisOneAndSaysSoBeforeItReadsAny() throws Exception {
    try (var unreadable = load("unreadable")) {
      var head = unreadable.loadClass(USER_STATE);
      int layout = headOfThisVersion()[0];
      assertThatThrownBy(() -> unpacked(head, headOfThisVersion()))
          .hasRootCauseMessage(
              "user state has layout %d, this version reads %d".formatted(layout, layout + 1));
      assertThat(problemsAfterThisVersion(unreadable))
          .contains("user-risk: the state has layout " + layout, "reads layout " + (layout + 1));
    }
  }

  private static byte[] headOfThisVersion() {
    var pipeline = new InMemoryPipeline(1_000, 1_000, 1);
    pipeline.accept(Events.failedLogin("ann", "one", 0));
    return pipeline.head("ann");
  }

  private static Object unpacked(Class<?> head, byte[] packed) throws Exception {
    return head.getMethod("unpack", byte[].class).invoke(null, (Object) packed);
  }

  private static byte[] packed(Class<?> head, Object user) throws Exception {
    return (byte[]) head.getMethod("pack", PackedWriter.class).invoke(user, new PackedWriter());
  }

  /** What the version says to the parameters of a job of this one. */
  private static String problemsAfterThisVersion(ClassLoader version) throws Exception {
    var description = version.loadClass(StateDescription.class.getName());
    var ofThisOne =
        description
            .getMethod("of", Map.class)
            .invoke(null, StateDescription.ofThisVersion(128).parameters());
    var ofTheVersion = description.getMethod("ofThisVersion", int.class).invoke(null, 128);
    var former = ((Optional<?>) ofThisOne).orElseThrow();
    return description
        .getMethod("problemsAfter", description)
        .invoke(ofTheVersion, former)
        .toString();
  }

  /** Its own classes of what the patches change, and all else as it is. */
  private URLClassLoader load(String version) throws Exception {
    var classpath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    PatchedJar.compile(Patches.version(version), Path.of(""), classpath, folder);
    var ours = UserState.class.getProtectionDomain().getCodeSource().getLocation();
    return new Versions(new URL[] {folder.toUri().toURL(), ours});
  }

  private static final class Versions extends URLClassLoader {
    Versions(URL[] classes) {
      super(classes, PatchedStateTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(USER_STATE) && !name.startsWith(STATE)) {
        return super.loadClass(name, resolve);
      }
      var known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }
}
