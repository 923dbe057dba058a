package io.riskstream.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of the job that runs, as its build wrote it down; the same in every process of it.
 */
public final class CodeVersion {
  private static final String RESOURCE = "/io/riskstream/cli/version.properties";

  private CodeVersion() {}

  /** Returns the version, such as 0.1.0; read anew each time, so it is to be kept. */
  public static String read() {
    var properties = new Properties();
    try (var resource = CodeVersion.class.getResourceAsStream(RESOURCE)) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the build's version cannot be read", unreadable);
    }
    return properties.getProperty("version", "unknown");
  }
}
