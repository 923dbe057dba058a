package io.riskstream.cluster;

import java.nio.file.Path;

/** Where the checkout or the distribution lies that this JVM was started from. */
public final class Installation {
  static final String REMEDY = "build it: mvn -DskipTests package";

  private static final String HOME = "riskstream.home";

  private Installation() {}

  /** Returns its folder; the working folder where bin/riskstream did not name one. */
  public static Path home() {
    return Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize();
  }
}
