package io.riskstream.registry;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Turns what a registry holds into Avro schemas that stand for themselves, whatever others they
 * build on.
 */
public final class AvroSchemas {
  private static final int DEEPEST = 16;

  private final RegistryClient client;
  // What is registered may have defaults that Avro takes no more; a writer's do not matter.
  private final Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
  private final Set<RegisteredSchema.Reference> known = new HashSet<>();

  private AvroSchemas(RegistryClient client) {
    this.client = client;
  }

  /**
   * Returns the schema with all that it refers to.
   *
   * @throws RefusedSchemaException if it is no Avro schema, today and ever
   * @throws RegistryUnavailableException if what it refers to cannot be asked for
   */
  public static Schema parse(RegisteredSchema schema, RegistryClient client)
      throws RegistryUnavailableException, RefusedSchemaException, InterruptedException {
    return new AvroSchemas(client).parse(schema, 0);
  }

  /**
   * Returns the schema that the text is by itself.
   *
   * @throws RefusedSchemaException if it is none
   */
  public static Schema parse(String avro) throws RefusedSchemaException {
    return parse(avro, new Schema.Parser());
  }

  private Schema parse(RegisteredSchema schema, int depth)
      throws RegistryUnavailableException, RefusedSchemaException, InterruptedException {
    if (!schema.type().equals(RegisteredSchema.AVRO)) {
      throw new RefusedSchemaException("it is a schema of " + schema.type() + ", not of Avro");
    }
    if (depth > DEEPEST) {
      throw new RefusedSchemaException("it refers to others more than " + DEEPEST + " deep");
    }
    for (var reference : schema.references()) {
      if (known.add(reference)) {
        var referred = client.version(reference.subject(), reference.version());
        if (referred.isEmpty()) {
          throw new RefusedSchemaException(
              "it refers to version %d of %s, which does not exist"
                  .formatted(reference.version(), reference.subject()));
        }
        parse(referred.get(), depth + 1);
      }
    }
    return parse(schema.text(), parser);
  }

  private static Schema parse(String avro, Schema.Parser parser) throws RefusedSchemaException {
    try {
      return parser.parse(avro);
    } catch (RuntimeException invalid) { // Avro's own, and whatever else its parser runs into
      throw new RefusedSchemaException("it is no Avro schema: " + invalid.getMessage());
    }
  }
}
