package io.riskstream.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** The embedded server as its users meet it: ports, data, and when it ends. */
@Timeout(60)
class EmbeddedRedisITCase {
  @Test
  void answersOnAFreePortUntilClosed() throws Exception {
    Jedis jedis;
    try (var redis = EmbeddedRedis.start(0)) {
      jedis = new Jedis(redis.uri());
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(redis.uri().getPort()).isEqualTo(redis.port());
      assertThat(jedis.configGet("bind")).containsEntry("bind", "127.0.0.1");
    }
    assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
    jedis.close();
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedRedis.start(other.getLocalPort()))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("Redis")
          .hasMessageContaining(Integer.toString(other.getLocalPort()));
    }
  }

  @Test
  void namesAPortThatIsLostAfterItWasChosen() throws Exception {
    try (var redis = EmbeddedRedis.start(0)) {
      redis.crash();
      try (var other = new ServerSocket(redis.port(), 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(redis::startAgain)
            .isInstanceOf(PortTakenException.class)
            .hasMessageContaining(Integer.toString(other.getLocalPort()));
      }
    }
  }

  @Test
  void comesBackEmptyOnTheSamePortAfterACrash() throws Exception {
    try (var redis = EmbeddedRedis.start(0)) {
      set(redis, "key", "value");
      redis.crash();
      redis.startAgain();
      assertThat(get(redis, "key")).isNull();
    }
  }

  @Test
  void keepsItsDataInAFolder(@TempDir Path folder) throws Exception {
    try (var redis = EmbeddedRedis.start(0, folder.resolve("redis"))) {
      set(redis, "key", "value");
    }
    try (var redis = EmbeddedRedis.start(0, folder.resolve("redis"))) {
      assertThat(get(redis, "key")).isEqualTo("value");
    }
  }

  @Test
  void closesWhilePaused() throws Exception {
    var redis = EmbeddedRedis.start(0);
    var process = ProcessHandle.of(redis.pid()).orElseThrow();
    redis.pause();
    redis.close();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  @Timeout(60)
  void survivesCtrlCUntilTheProgramHasEnded() throws Exception {
    try (var program = Program.start()) {
      program.interruptAsATerminalDoes();
      assertThat(program.nextLine()).isEqualTo("PONG");
      program.awaitRedisGone();
    }
  }

  @Test
  void endsWhenTheProgramEnds() throws Exception {
    try (var program = Program.start()) {
      program.process.getOutputStream().close();
      program.awaitRedisGone();
    }
  }

  @Test
  void endsWhenTheProgramIsTerminated() throws Exception {
    try (var program = Program.start()) {
      program.process.toHandle().destroy();
      assertThat(program.nextLine()).isEqualTo("PONG");
      program.awaitRedisGone();
    }
  }

  @Test
  void endsWhenTheProgramIsKilled() throws Exception {
    try (var program = Program.start()) {
      program.process.destroyForcibly();
      program.awaitRedisGone();
    }
  }

  private static void set(EmbeddedRedis redis, String key, String value) {
    try (var jedis = new Jedis(redis.uri())) {
      jedis.set(key, value);
    }
  }

  private static String get(EmbeddedRedis redis, String key) {
    try (var jedis = new Jedis(redis.uri())) {
      return jedis.get(key);
    }
  }

  /** A JVM in a process group of its own, as a shell starts it, that owns a Redis. */
  private record Program(Process process, BufferedReader output, ProcessHandle redis)
      implements AutoCloseable {
    static Program start() throws IOException {
      var java = ProcessHandle.current().info().command().orElseThrow();
      var process =
          new ProcessBuilder(
                  "setsid",
                  "env",
                  "--default-signal=INT", // which what runs in the background ignores
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  EmbeddedRedisMain.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var output = process.inputReader(UTF_8);
      var redis = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      return new Program(process, output, redis);
    }

    void interruptAsATerminalDoes() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).inheritIO().start().waitFor();
    }

    String nextLine() throws IOException {
      return output.readLine();
    }

    void awaitRedisGone() throws Exception {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      redis.onExit().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      redis.destroyForcibly();
    }
  }
}
