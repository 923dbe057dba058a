package io.riskstream.registry;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * Where a schema registry is and how it is asked; fit to be shipped with a job, and printed without
 * its secret.
 *
 * @param url root of Confluent's interface, without a slash at its end
 * @param basicAuthOrNull user and password, separated by a colon
 * @param requestTimeout longest that one request may take
 */
public record RegistryAddress(String url, String basicAuthOrNull, Duration requestTimeout)
    implements Serializable {
  public RegistryAddress {
    Objects.requireNonNull(requestTimeout, "requestTimeout");
    url = url.replaceFirst("/+$", "");
  }

  URI resolve(String path) {
    return URI.create(url + path);
  }

  /** Returns the header that proves who asks, or null where nobody is named. */
  String authorizationOrNull() {
    return basicAuthOrNull == null
        ? null
        : "Basic "
            + Base64.getEncoder().encodeToString(basicAuthOrNull.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return url;
  }
}
