package io.riskstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir private Path folder;

  @Test
  void theDiskOfAFolderSettles() {
    assertThatCode(() -> WorkFolder.settle(folder)).doesNotThrowAnyException();
  }

  @Test
  void aDiskThatCannotSettleIsNotMeasuredOn() {
    assertThatThrownBy(() -> WorkFolder.settle(folder.resolve("absent")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }
}
