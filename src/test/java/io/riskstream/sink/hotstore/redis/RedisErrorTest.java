package io.riskstream.sink.hotstore.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of Redis's answers pass by themselves, as written by versions 5 to 7. */
class RedisErrorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
        "READONLY You can't write against a read only replica. script: 6f1e, on @user_script:5.",
        "OOM command not allowed when used memory > 'maxmemory'. script: 6f1e",
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "ERR max number of clients reached",
        "ERR Error running script (call to f_6f1e): @user_script:5: @user_script: 5: -READONLY You"
            + " can't write against a read only replica.",
        "ERR Error running script (call to f_6f1e): @user_script:5: -OOM command not allowed when"
            + " used memory > 'maxmemory'."
      })
  void passesByItself(String message) {
    var error = RedisError.of(message);
    assertThat(error.passes()).isTrue();
    assertThat(error.withRemedy()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "WRONGTYPE Operation against a key holding the wrong kind of value, WRONGTYPE",
    "ERR Error running script (call to f_6f1e): @user_script:1: WRONGTYPE Operation against,"
        + " WRONGTYPE",
    "NOAUTH Authentication required., NOAUTH",
    "WRONGPASS invalid username-password pair or user is disabled., WRONGPASS",
    "NOPERM this user has no permissions to run the 'evalsha' command, NOPERM",
    "ERR The user executing the script can't run this command or subcommand script: 6f1e, NOPERM",
    "MOVED 3999 127.0.0.1:6381, MOVED",
    "ERR unknown command 'EVALSHA', ERR",
    "'', ''"
  })
  void needsSomebodyToActAndIsToldHow(String message, String code) {
    var error = RedisError.of(message);
    assertThat(error.passes()).isFalse();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.withRemedy()).startsWith(error.message() + "; ");
  }

  @Test
  void knowsWhatConcernsOneKeyAlone() {
    assertThat(RedisError.of("WRONGTYPE Operation against a key").concernsOneKey()).isTrue();
    assertThat(RedisError.of("OOM command not allowed").concernsOneKey()).isFalse();
    assertThat(RedisError.of("ERR unknown command").concernsOneKey()).isFalse();
  }

  @Test
  void knowsAForgottenScript() {
    var error = RedisError.of("NOSCRIPT No matching script. Please use EVAL.");
    assertThat(error.isScriptMissing()).isTrue();
    assertThat(error.passes()).isFalse();
  }
}
