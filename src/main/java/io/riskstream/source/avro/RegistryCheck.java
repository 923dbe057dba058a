package io.riskstream.source.avro;

import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import io.riskstream.registry.RegistryUnavailableException;
import java.util.List;

/**
 * Asks the schema registry, before the job starts, whether it answers. Once the job runs it waits
 * for the registry, which would hide a wrong address until the first Avro record.
 */
public final class RegistryCheck {
  private RegistryCheck() {}

  /** Returns what stands against a start, with its fix; empty if nothing does or none is set. */
  public static List<String> problems(SchemaRegistryConfig registry) throws InterruptedException {
    if (!registry.isConfigured()) {
      return List.of();
    }
    try {
      new RegistryClient(
              new RegistryAddress(
                  registry.url(), registry.basicAuthOrNull(), registry.requestTimeout()))
          .versions(registry.subject());
      return List.of();
    } catch (RegistryUnavailableException unavailable) {
      return List.of(unavailable.getMessage());
    }
  }
}
