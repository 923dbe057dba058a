package io.riskstream.config;

import io.riskstream.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Resolves {@code ${env:NAME}} and {@code ${file:path}}, the only ways in which a secret is given,
 * and finds secrets that are given otherwise. A resolved value never appears in a problem.
 */
final class Secrets {
  private static final int MAX_FILE_BYTES = 64 * 1024;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)}");
  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "(?i)passw|passphrase|secret|jaas|basic-?auth|api-?key|private\\.?-?key$|keystore\\.key$|token$");
  private static final Pattern PASSWORD_IN_JAAS =
      Pattern.compile("(?i)\\b\\w*(password|secret)\\w*\\s*=\\s*(\"[^\"]+\"|[^\"\\s;]+)");
  private static final Pattern PASSWORD_IN_URI = Pattern.compile("://[^:@\\s]*:\\S+@");

  private final UnaryOperator<String> environment;
  private final List<Problem> problems;

  Secrets(UnaryOperator<String> environment, List<Problem> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** Returns whether the whole text is one placeholder. */
  static boolean isPlaceholder(String written) {
    return PLACEHOLDER.matcher(written).matches();
  }

  /** Returns whether the text gives a password, key or token as it is, without a placeholder. */
  static boolean isLiteralSecret(String key, String written) {
    var literal = PLACEHOLDER.matcher(written).replaceAll("");
    if (PASSWORD_IN_URI.matcher(literal).find()) {
      return true;
    }
    if (!SECRET_KEY.matcher(key).find() || isPlaceholder(written) || written.isEmpty()) {
      return false;
    }
    return !key.contains("jaas")
        || literal.equals(written)
        || PASSWORD_IN_JAAS.matcher(literal).find();
  }

  /** Returns the setting with its placeholders resolved; files are relative to the folder. */
  Setting resolve(Setting setting, Path folder) {
    if (isLiteralSecret(setting.key(), setting.written())) {
      report(
          setting,
          "a secret may not be given literally",
          "give it as ${env:NAME} or ${file:path}, in a URI percent-encoded");
    }
    var matcher = PLACEHOLDER.matcher(setting.written());
    var resolved = new StringBuilder();
    var end = 0;
    var complete = true;
    while (matcher.find()) {
      var found =
          matcher.group(1).equals("env")
              ? fromEnvironment(setting, matcher.group(2))
              : fromFile(setting, folder, matcher.group(2));
      complete &= found != null;
      resolved.append(setting.written(), end, matcher.start()).append(found);
      end = matcher.end();
    }
    resolved.append(setting.written().substring(end));
    if (PLACEHOLDER.matcher(setting.written()).replaceAll("").contains("${")) {
      report(setting, "a placeholder of an unknown kind", "write ${env:NAME} or ${file:path}");
      complete = false;
    }
    return setting.resolvedTo(complete ? resolved.toString() : null);
  }

  private String fromEnvironment(Setting setting, String name) {
    var value = environment.apply(name);
    if (value == null || value.isEmpty()) {
      report(
          setting,
          "the environment variable '" + name + "' is not set, or empty",
          "set it before the start");
      return null;
    }
    return value;
  }

  private String fromFile(Setting setting, Path folder, String name) {
    try {
      var path = folder.resolve(name);
      if (Files.size(path) > MAX_FILE_BYTES) {
        report(setting, "the file is over 64 KiB", "name a file that holds the value only");
        return null;
      }
      return Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      report(
          setting,
          "the file '" + name + "' cannot be read as text",
          "check that it exists and may be read; relative paths start at " + folder);
      return null;
    }
  }

  private void report(Setting setting, String what, String fix) {
    problems.add(new Problem(setting.key(), setting.shown(), setting.where(), what, fix));
  }
}
