package io.riskstream.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * The registry that knows the schemas of Avro records; shipped with the job to those who read them.
 *
 * @param url root of its Confluent-compatible interface; empty where there is none
 * @param subject under which the events' schemas are registered
 * @param basicAuthOrNull user and password, separated by a colon
 * @param requestTimeout longest that one request may take before it is tried again
 */
public record SchemaRegistryConfig(
    String url, String subject, String basicAuthOrNull, Duration requestTimeout)
    implements Serializable {
  /** Returns whether there is a registry. */
  public boolean isConfigured() {
    return !url.isEmpty();
  }

  /** Returns all but the credentials. */
  @Override
  public String toString() {
    return "SchemaRegistryConfig[url=%s, subject=%s]".formatted(url, subject);
  }
}
