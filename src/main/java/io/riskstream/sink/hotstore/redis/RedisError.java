package io.riskstream.sink.hotstore.redis;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * An error that Redis answered with: what it concerns, and what to do about it.
 *
 * @param code its first word, or that of the error inside a script
 */
record RedisError(String code, String message) {
  private static final Set<String> INFRASTRUCTURE =
      Set.of(
          "LOADING",
          "BUSY",
          "READONLY",
          "OOM",
          "MISCONF",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "NOREPLICAS",
          "TRYAGAIN");

  /** Before version 7, Redis wrapped the error of a script's command. */
  private static final Pattern WITHIN_SCRIPT =
      Pattern.compile("ERR Error (?:running|compiling) script.*user_script: ?\\d+: ?-?([A-Z]+) .*");

  /** Version 7.0 gives the lack of a permission inside a script no code of its own. */
  private static final String DENIED_WITHIN_SCRIPT = "The user executing the script can't";

  static RedisError of(String message) {
    var text = message == null ? "" : message.strip();
    if (text.contains(DENIED_WITHIN_SCRIPT)) {
      return new RedisError("NOPERM", text);
    }
    var within = WITHIN_SCRIPT.matcher(text);
    return new RedisError(within.matches() ? within.group(1) : text.split(" ", 2)[0], text);
  }

  /** Whether Redis has forgotten the script, as it does when it restarts. */
  boolean isScriptMissing() {
    return code.equals("NOSCRIPT");
  }

  /** Whether it says nothing about the connection and the other keys. */
  boolean concernsOneKey() {
    return code.equals("WRONGTYPE");
  }

  /** Whether it passes without anybody changing job or data. */
  boolean passes() {
    return INFRASTRUCTURE.contains(code) || message.contains("max number of clients reached");
  }

  /** Returns the message, with what to do unless it passes. */
  String withRemedy() {
    return passes() || isScriptMissing() ? message : message + "; " + remedy();
  }

  private String remedy() {
    return switch (code) {
      case "WRONGTYPE" ->
          "something else keeps another kind of value under this key: delete it, or give riskstream"
              + " a Redis database of its own";
      case "NOAUTH" -> "it asks for a password: put user and password into hot-store.uri";
      case "WRONGPASS" -> "correct user and password in hot-store.uri";
      case "NOPERM" ->
          "allow the user EVALSHA, SCRIPT LOAD, HGET, HSET, HDEL, HGETALL, DEL, PEXPIRE, ZADD,"
              + " ZCARD, ZREM, ZREVRANGE, ZREMRANGEBYSCORE, ZREMRANGEBYRANK and INFO on keys risk:* and"
              + " {risk:* (ACL SETUSER)";
      case "MOVED", "ASK", "CROSSSLOT" ->
          "it is a node of a Redis Cluster: name a single Redis in hot-store.uri";
      default -> "correct hot-store.uri or the server's settings";
    };
  }
}
