package io.riskstream.server;

import redis.clients.jedis.Jedis;

/**
 * A program that owns an {@link EmbeddedRedis} and never closes it: prints the server's process id,
 * ends at the end of its input, and asks the server once more while it ends.
 */
final class EmbeddedRedisMain {
  private EmbeddedRedisMain() {}

  public static void main(String[] arguments) throws Exception {
    // Not closed on purpose: the server has to end with this JVM by itself.
    var redis = EmbeddedRedis.start(0);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> askOnceMore(redis)));
    System.out.println(redis.pid());
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
  }

  private static void askOnceMore(EmbeddedRedis redis) {
    try (var jedis = new Jedis(redis.uri())) {
      System.out.println(jedis.ping());
    }
  }
}
