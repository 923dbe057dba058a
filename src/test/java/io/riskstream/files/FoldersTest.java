package io.riskstream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays in a folder is listed, whatever comes and goes beside it. */
final class FoldersTest {
  @TempDir private Path path;

  @Test
  void aFolderThatDoesNotExistHasNoChildren() throws IOException {
    assertThat(list(path.resolve("absent"))).isEmpty();
  }

  @Test
  void aChildThatIsRemovedMeanwhileHidesNoOtherAndIsNoFailure() throws IOException {
    Files.createDirectory(path.resolve("chk-1"));
    var listed = new AtomicBoolean();
    var job =
        CompletableFuture.runAsync(
            () -> {
              for (var id = 2; !listed.get(); id++) {
                try {
                  Files.delete(Files.createDirectory(path.resolve("chk-" + id)));
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              }
            });
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThat(list(path)).contains("chk-1");
      }
    } finally {
      listed.set(true);
      job.join();
    }
  }

  @Test
  void aFolderThatTheSystemRefusesToListIsNotAbsent() {
    var refusing =
        new LocalFileSystem() {
          @Override
          public FileStatus[] listStatus(org.apache.flink.core.fs.Path folder) {
            return null; // as the overridden one does when File.list() fails
          }
        };
    assertThatThrownBy(
            () -> Folders.list(refusing, new org.apache.flink.core.fs.Path(path.toUri())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("cannot be listed");
  }

  private static Iterable<String> list(Path folder) throws IOException {
    return Folders.list(
            LocalFileSystem.getSharedInstance(), new org.apache.flink.core.fs.Path(folder.toUri()))
        .stream()
        .map(child -> child.getPath().getName())
        .toList();
  }
}
