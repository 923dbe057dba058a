package io.riskstream.registry;

import java.util.List;

/**
 * A schema as the registry holds it.
 *
 * @param type {@code AVRO}, {@code JSON} or {@code PROTOBUF}
 * @param text the schema as it was registered
 * @param references types that the text names and other schemas define, in their order
 */
public record RegisteredSchema(String type, String text, List<Reference> references) {
  /** Another schema that this one builds on. */
  public record Reference(String subject, int version) {}

  public static final String AVRO = "AVRO";
}
