package io.riskstream.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class PackedReaderTest {
  private final PackedWriter out = new PackedWriter();

  @Property(tries = 200)
  void readsBackWhatWasWritten(
      @ForAll long number, @ForAll byte small, @ForAll byte[] bytes, @ForAll long other) {
    var unsigned = number & Long.MAX_VALUE;
    out.reset();
    out.writeByte(small);
    out.writeUnsigned(unsigned);
    out.writeSigned(number);
    out.writeBytes(bytes);
    out.writeLong(other);
    out.writeText("ü😀");
    var in = new PackedReader(out.toByteArray());
    assertThat(in.readByte()).isEqualTo(small);
    assertThat(in.readUnsigned()).isEqualTo(unsigned);
    assertThat(in.readSigned()).isEqualTo(number);
    assertThat(in.readBytes()).isEqualTo(bytes);
    assertThat(in.readLong()).isEqualTo(other);
    assertThat(in.readText()).isEqualTo("ü😀");
    assertThatThrownBy(in::readByte).isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void smallNumbersOfEitherSignTakeOneByte() {
    out.writeSigned(-64);
    out.writeSigned(63);
    out.writeUnsigned(127);
    assertThat(out.toByteArray()).hasSize(3);
  }

  @Test
  void takesNoNegativeNumberForUnsigned() {
    assertThatThrownBy(() -> out.writeUnsigned(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatStateIsCorruptWhereALengthOrANumberCannotBe() {
    out.writeUnsigned(3);
    out.writeByte(0);
    out.writeByte(0);
    assertThatThrownBy(new PackedReader(out.toByteArray())::readBytes)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("corrupt");
    out.reset();
    for (var index = 0; index < 11; index++) {
      out.writeByte(-1);
    }
    assertThatThrownBy(new PackedReader(out.toByteArray())::readUnsigned)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("corrupt");
  }
}
