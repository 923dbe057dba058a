package io.riskstream.config;

import org.apache.flink.configuration.GlobalConfiguration;

/**
 * One key as it was given. Only {@link #value} may hold a secret, and only {@link #shown} is fit to
 * be printed.
 *
 * @param written the text as it stands in the file or behind {@code -D}, placeholders unresolved
 * @param value the text with placeholders resolved; null if one could not be
 * @param where file and line, {@code -D}, or {@code default}
 */
public record Setting(String key, String written, String value, String where) {
  private static final String MASK = "******";

  /** Returns the value as written, or a mask where that is a secret. */
  public String shown() {
    var secret =
        Secrets.isLiteralSecret(key, written)
            || (GlobalConfiguration.isSensitive(key) && !Secrets.isPlaceholder(written));
    return secret && !written.isEmpty() ? MASK : written;
  }

  Setting resolvedTo(String resolved) {
    return new Setting(key, written, resolved, where);
  }

  @Override
  public String toString() {
    return key + " = " + shown() + " (" + where + ")";
  }
}
