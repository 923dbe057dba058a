package io.riskstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders a demo takes for its own. */
class DataFolderTest {
  @TempDir Path parent;

  @Test
  void aMissingFolderIsCreated() throws IOException {
    var path = parent.resolve("new/data");
    try (var folder = DataFolder.open(path)) {
      assertThat(folder.lake()).hasParentRaw(path);
      assertThat(path).isDirectory();
    }
  }

  @Test
  void aFolderOfAnEarlierDemoIsEmptied() throws IOException {
    var elsewhere = Files.writeString(parent.resolve("kept.txt"), "kept");
    try (var folder = DataFolder.open(parent.resolve("data"))) {
      Files.createDirectories(folder.lake().resolve("events"));
      Files.writeString(folder.lake().resolve("events/part-0.parquet"), "rows");
      Files.createSymbolicLink(folder.lake().resolve("link"), elsewhere.getParent());
    }

    try (var folder = DataFolder.open(parent.resolve("data"))) {
      assertThat(folder.lake()).doesNotExist();
      assertThat(elsewhere).hasContent("kept");
    }
  }

  @Test
  void aFolderWithForeignFilesIsRefusedAndLeftAlone() throws IOException {
    var thesis = Files.writeString(parent.resolve("thesis.txt"), "years of work");

    assertThatThrownBy(() -> DataFolder.open(parent))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("holds files that no demo has made");
    assertThat(thesis).hasContent("years of work");
    assertThat(parent.resolve(DataFolder.MARKER)).doesNotExist();
  }

  @Test
  void aFolderInUseIsRefusedAndItsProcessNamed() throws IOException {
    try (var first = DataFolder.open(parent)) {
      Files.writeString(first.manifest(), "{}");

      assertThatThrownBy(() -> DataFolder.open(parent))
          .isInstanceOf(DemoException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + ", uses");
      assertThat(first.manifest()).exists();
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    var file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(DemoException.class)
        .hasMessage("cannot create the data folder " + file);
  }
}
