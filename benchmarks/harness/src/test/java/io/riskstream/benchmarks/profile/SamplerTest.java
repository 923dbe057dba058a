package io.riskstream.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplerTest {
  @Test
  void framesSayNothingOfWhereALibraryLies() {
    assertThat(
            Sampler.withoutFolders(
                "[user-risk];java/lang/Thread.run;/var/x-1/rocksdb-lib-2b/librocksdbjni-linux64.so 3"))
        .isEqualTo("[user-risk];java/lang/Thread.run;librocksdbjni-linux64.so 3");
    assertThat(Sampler.withoutFolders("f(1,'/usr/lib/a_b/libc-2.36.so')"))
        .isEqualTo("f(1,'libc-2.36.so')");
    assertThat(Sampler.withoutFolders("<a href='https://some.host/of/a.so'>io/riskstream/A.so</a>"))
        .isEqualTo("<a href='https://some.host/of/a.so'>io/riskstream/A.so</a>");
  }
}
