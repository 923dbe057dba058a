package io.riskstream.config;

import io.riskstream.config.ActivityConfig.LiveWindow;
import io.riskstream.config.ConfigException.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/**
 * Reads typed options within their bounds. What is wrong becomes a problem, and the option's
 * default (or null, where it has none) takes its place, so that reading goes on to the next
 * problem.
 */
final class OptionReader {
  private static final Duration MAX_DURATION = Duration.ofDays(24);
  private static final int REDIS_PORT = 6379;
  private static final Pattern BARE_NUMBER = Pattern.compile("\\d+");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern WINDOW = Pattern.compile("(\\d{1,6})([smhd])/(\\d{1,6})([smhd])");
  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,/:]+:\\d{1,5}(\\s*,\\s*[^\\s,/:]+:\\d{1,5})*|\\[[0-9a-fA-F:]+]:\\d+");

  private final Map<String, Setting> settings;
  private final List<Problem> problems;

  OptionReader(Map<String, Setting> settings, List<Problem> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** Returns a text that is not blank. */
  String text(ConfigOption<String> option) {
    var text = parse(option, "a text");
    if (text != null && text.isBlank()) {
      return refuse(option, "is empty", "give it a value, or remove the line");
    }
    return text == null ? null : text.strip();
  }

  /** Returns a text that may be empty, where nothing is meant. */
  String optionalText(ConfigOption<String> option) {
    return parse(option, "a text").strip();
  }

  /** Returns the URL of a web server without a slash at its end, or an empty text. */
  String httpUrl(ConfigOption<String> option) {
    var text = optionalText(option);
    var uri = text.isEmpty() ? null : uri(option, text);
    if (uri == null) {
      return "";
    }
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      return refuse(option, "no URL", "begin it with http:// or https://");
    }
    if (uri.getHost() == null) {
      return refuse(option, "lacks a host", "write for example http://localhost:8081");
    }
    if (uri.getUserInfo() != null) {
      return refuse(option, "holds a user", "give user and password as schema-registry.basic-auth");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      return refuse(option, "goes on after its path", "end it with the path");
    }
    return text.replaceFirst("/+$", "");
  }

  /** Returns a name that Kafka allows for a topic. */
  String topic(ConfigOption<String> option) {
    var topic = text(option);
    if (topic != null && !TOPIC.matcher(topic).matches()) {
      return refuse(
          option, "no name for a topic", "use at most 249 letters, digits, dots, _ and - only");
    }
    return topic;
  }

  /** Returns addresses of brokers. */
  String servers(ConfigOption<String> option) {
    var servers = text(option);
    if (servers != null && !SERVERS.matcher(servers).matches()) {
      return refuse(option, "no list of brokers", "write host:port, separated by commas");
    }
    return servers;
  }

  /** Returns a folder as a URI with a scheme, or as an absolute path. */
  String folder(ConfigOption<String> option) {
    var folder = text(option);
    var uri = folder == null ? null : uri(option, folder);
    if (uri != null && uri.getScheme() == null && !folder.startsWith("/")) {
      return refuse(
          option, "neither URI nor absolute path", "write for example file:///var/lib/riskstream");
    }
    return folder;
  }

  /** Returns a folder as {@link #folder} does, or null where it is empty. */
  String optionalFolder(ConfigOption<String> option) {
    var given = parse(option, "a text");
    return given == null || given.isBlank() ? null : folder(option);
  }

  /** Returns where a job without state starts. */
  StartingOffsets startingOffsets(ConfigOption<String> option) {
    var text = text(option);
    try {
      return StartingOffsets.parse(text);
    } catch (IllegalArgumentException unreadable) {
      return StartingOffsets.parse(
          refuse(
              option,
              unreadable.getMessage(),
              "write earliest, latest, committed, a time such as 2026-01-01T00:00:00Z or epoch"
                  + " milliseconds, or offsets such as 0:1200,1:0"));
    }
  }

  /** Returns what to do about lost offsets. */
  OnLostOffsets onLostOffsets(ConfigOption<String> option) {
    var text = text(option);
    for (var choice : OnLostOffsets.values()) {
      if (choice.text().equals(text)) {
        return choice;
      }
    }
    refuse(option, "no such choice", "write fail or record-gap");
    return OnLostOffsets.FAIL;
  }

  /** Returns names separated by commas, each once. */
  List<String> names(ConfigOption<String> option) {
    var names = new ArrayList<String>();
    for (var name : optionalText(option).split(",", -1)) {
      if (!name.isBlank()) {
        names.add(name.strip());
      }
    }
    if (names.contains("other")
        || names.size() > 1_000
        || Set.copyOf(names).size() < names.size()) {
      refuse(option, "no list of types", "name at most 1000, each once, and not other");
    }
    return names;
  }

  /** Returns sliding windows, each size/slide. */
  List<LiveWindow> liveWindows(ConfigOption<String> option) {
    var windows = new ArrayList<LiveWindow>();
    for (var name : optionalText(option).split(",", -1)) {
      var parts = WINDOW.matcher(name.strip());
      if (!parts.matches()) {
        refuse(option, "no list of windows", "write size/slide, such as 5m/1m, 1m/30s");
        return List.of();
      }
      var size = duration(parts.group(1), parts.group(2));
      var slide = duration(parts.group(3), parts.group(4));
      if (slide.isZero() || size.toMillis() % slide.toMillis() != 0 || size.compareTo(slide) < 0) {
        refuse(option, "the slide of " + name.strip() + " does not divide its size", "change one");
        return List.of();
      }
      windows.add(new LiveWindow(name.strip(), size, slide));
    }
    if (windows.size() > 16 || windows.stream().distinct().count() < windows.size()) {
      refuse(option, "too many windows, or one twice", "name at most 16, each once");
    }
    return windows;
  }

  private static Duration duration(String number, String unit) {
    var seconds =
        switch (unit) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 86_400;
        };
    return Duration.ofSeconds(Long.parseLong(number) * seconds);
  }

  /** Returns the URI of a Redis, with the usual port if none is given. */
  String redisUri(ConfigOption<String> option) {
    var text = text(option);
    var uri = text == null ? null : uri(option, text);
    if (uri == null) {
      return text;
    }
    if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
      return refuse(option, "no URI of a Redis", "begin it with redis:// or, for TLS, rediss://");
    }
    if (uri.getHost() == null) {
      return refuse(option, "lacks a host", "write for example redis://localhost:6379");
    }
    if (uri.getPort() != -1 && (uri.getPort() < 1 || uri.getPort() > 65_535)) {
      return refuse(
          option, "port out of range", "use 1 to 65535, or leave it out for " + REDIS_PORT);
    }
    if (!uri.getPath().matches("/?|/\\d{1,5}")) {
      return refuse(option, "the path is no database", "write its number, such as /0, or nothing");
    }
    return uri.getPort() == -1 ? withPort(text, uri.getRawAuthority()) : text;
  }

  /** Returns a duration of more than nothing, at most 24 days. */
  Duration positiveDuration(ConfigOption<Duration> option) {
    var duration = duration(option);
    if (duration.isZero()) {
      return refuse(option, "must be more than 0", "write for example 1 min");
    }
    return duration;
  }

  /** Returns a duration of 0 to 24 days, which in milliseconds fits an int, as Kafka asks. */
  Duration duration(ConfigOption<Duration> option) {
    var duration = measured(option, "a duration", "10 min");
    if (duration.compareTo(MAX_DURATION) > 0 || duration.isNegative()) {
      return refuse(option, "out of range", "use at most 24 d");
    }
    if (duration.toNanosPart() % 1_000_000 != 0) {
      return refuse(option, "finer than a millisecond", "use whole milliseconds");
    }
    return duration;
  }

  /** Returns a size in bytes within the bounds, inclusive. */
  long bytes(ConfigOption<MemorySize> option, String least, String most) {
    var size = measured(option, "a size", "16 mb");
    if (size.compareTo(MemorySize.parse(least)) < 0 || size.compareTo(MemorySize.parse(most)) > 0) {
      size = refuse(option, "out of range", "use " + least + " to " + most);
    }
    return size.getBytes();
  }

  /** Returns an integer within the bounds, inclusive. */
  int integer(ConfigOption<Integer> option, int least, int most) {
    var number = parse(option, "an integer");
    if (number < least || number > most) {
      return refuse(option, "out of range", "use " + least + " to " + most);
    }
    return number;
  }

  /** Adds a problem with the option and returns what takes its value's place. */
  <T> T refuse(ConfigOption<T> option, String what, String fix) {
    var setting = settings.get(option.key());
    problems.add(
        setting == null
            ? new Problem(option.key(), null, "not set", what, fix)
            : new Problem(option.key(), setting.shown(), setting.where(), what, fix));
    return option.defaultValue();
  }

  private <T> T measured(ConfigOption<T> option, String type, String example) {
    var setting = settings.get(option.key());
    if (setting != null
        && setting.value() != null
        && BARE_NUMBER.matcher(setting.value().strip()).matches()) {
      return refuse(option, type + " without a unit", "write one, such as " + example);
    }
    return parse(option, type + ", such as " + example);
  }

  private <T> T parse(ConfigOption<T> option, String type) {
    var setting = settings.get(option.key());
    if (setting == null) {
      return option.hasDefaultValue()
          ? option.defaultValue()
          : refuse(option, "is required", "set it in the file or with -D" + option.key() + "=…");
    }
    if (setting.value() == null) {
      return option.defaultValue(); // its placeholder is a problem already
    }
    try {
      return Configuration.fromMap(Map.of(option.key(), setting.value().strip())).get(option);
    } catch (IllegalArgumentException e) {
      return refuse(option, "cannot be read", "write " + type);
    }
  }

  /** As text, so that what is percent-encoded stays as it is. */
  private static String withPort(String text, String authority) {
    var end = text.indexOf("//") + 2 + authority.length();
    var separator = authority.endsWith(":") ? "" : ":";
    return text.substring(0, end) + separator + REDIS_PORT + text.substring(end);
  }

  private URI uri(ConfigOption<String> option, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The exception's own message quotes the text, and with it a password.
      refuse(option, "no URI (" + e.getReason() + ")", "percent-encode what a URI does not allow");
      return null;
    }
  }
}
