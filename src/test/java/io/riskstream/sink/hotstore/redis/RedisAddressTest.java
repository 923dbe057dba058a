package io.riskstream.sink.hotstore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses are read whole and printed without their secret. */
class RedisAddressTest {
  @Test
  void readsUserPasswordAndDatabase() {
    var address = RedisAddress.parse("redis://writer:p%40ss@store:6390/3");
    var config = address.clientConfig(1_500);
    assertThat(address.hostAndPort()).hasToString("store:6390");
    assertThat(config.getUser()).isEqualTo("writer");
    assertThat(config.getPassword()).isEqualTo("p@ss");
    assertThat(config.getDatabase()).isEqualTo(3);
    assertThat(config.isSsl()).isFalse();
    assertThat(config.getConnectionTimeoutMillis()).isEqualTo(1_500);
    assertThat(config.getSocketTimeoutMillis()).isEqualTo(1_500);
  }

  @Test
  void checksTheServersNameWithTls() {
    var config = RedisAddress.parse("rediss://store").clientConfig(1_500);
    assertThat(config.isSsl()).isTrue();
    assertThat(config.getSslParameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
  }

  @Test
  void takesTheUsualPortIfThereIsNone() {
    assertThat(RedisAddress.parse("redis://store")).hasToString("redis://store:6379/0");
  }

  @Test
  void printsNoPassword() {
    var address = RedisAddress.parse("rediss://writer:s3cret@store:6390");
    assertThat(address).hasToString("rediss://store:6390/0");
    assertThat(address.redact("ERR unknown command 'AUTH', with args: 's3cret'"))
        .isEqualTo("ERR unknown command 'AUTH', with args: '***'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://:s3cret@store:1",
        "redis://:s3cret@",
        "redis://:s3cret @store",
        "redis://:s3cret@store/x",
        "store:6379"
      })
  void refusesOtherTextsWithoutRepeatingThem(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hot-store.uri")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }
}
