package io.riskstream.sink.hotstore.redis;

import java.net.URI;
import java.net.URISyntaxException;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.util.JedisURIHelper;

/** Where a Redis is and how to log in; its text names the place and never the password. */
public final class RedisAddress {
  private static final int DEFAULT_PORT = 6379;

  private final HostAndPort hostAndPort;
  private final boolean tls;
  private final String user;
  private final String password;
  private final int database;

  private RedisAddress(URI uri) {
    var port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    hostAndPort = new HostAndPort(uri.getHost(), port);
    tls = JedisURIHelper.isRedisSSLScheme(uri);
    user = JedisURIHelper.getUser(uri);
    password = JedisURIHelper.getPassword(uri);
    database = JedisURIHelper.getDBIndex(uri);
  }

  /**
   * Reads {@code redis://} or {@code rediss://} with host, port (6379 if none), user, password and
   * database.
   *
   * @throws IllegalArgumentException without the text, which may hold a password
   */
  public static RedisAddress parse(String text) {
    try {
      var uri = new URI(text);
      if (uri.getHost() != null
          && (JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri))) {
        return new RedisAddress(uri);
      }
    } catch (URISyntaxException | NumberFormatException malformed) {
      // Its message repeats the text; ours must not.
    }
    throw new IllegalArgumentException(
        "hot-store.uri must be redis://[[user]:password@]host[:port][/database], or"
            + " rediss:// for TLS, with special characters of the password percent-encoded");
  }

  HostAndPort hostAndPort() {
    return hostAndPort;
  }

  /** Returns how to connect; a server's certificate must be valid for its host name. */
  JedisClientConfig clientConfig(int timeoutMillis) {
    var config =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(timeoutMillis)
            .socketTimeoutMillis(timeoutMillis)
            .user(user)
            .password(password)
            .database(database)
            .ssl(tls);
    if (tls) {
      var parameters = new SSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      config.sslParameters(parameters);
    }
    return config.build();
  }

  /** Returns the text with the password, should it occur, made unreadable. */
  String redact(String text) {
    return password == null || password.isEmpty() ? text : text.replace(password, "***");
  }

  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://") + hostAndPort + "/" + database;
  }
}
