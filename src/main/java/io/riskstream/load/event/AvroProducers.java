package io.riskstream.load.event;

import io.riskstream.manifest.ManifestWriter;
import io.riskstream.model.Event;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Two generations of producers that send at once: an older one that knows no sessions yet, and a
 * newer one that says more than the contract knows. Both schemas are compatible with the
 * contract's, forward and backward.
 */
public record AvroProducers(AvroEncoding older, AvroEncoding newer) {
  private static final String ADDED_FIELDS =
      """
      {"type": "record", "name": "Added", "fields": [
        {"name": "app_version", "type": ["null", "string"], "default": null},
        {"name": "device", "type": ["null", "string"], "default": null},
        {"name": "retries", "type": ["null", "int"], "default": null},
        {"name": "geo", "default": null, "type": ["null", {
          "type": "record", "name": "Geo", "namespace": "io.riskstream.model", "fields": [
            {"name": "country", "type": "string"},
            {"name": "at", "type": {"type": "array", "items": "double"}}]}]}]}
      """;

  /**
   * Registers both schemas, the older one first, and returns their producers.
   *
   * @throws IOException if the registry gives no answer or refuses them, or the thread is
   *     interrupted, which it then still is
   */
  public static AvroProducers register(RegistryAddress address, String subject) throws IOException {
    var registry = new RegistryClient(address);
    var older = olderSchema();
    var newer = newerSchema();
    try {
      return new AvroProducers(
          new AvroEncoding(registry.register(subject, older.toString()), older),
          new AvroEncoding(registry.register(subject, newer.toString()), newer));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while schemas were registered", interrupted);
    }
  }

  /** Tells the manifest of both schemas. */
  public void describe(ManifestWriter manifest) throws IOException {
    manifest.schema(older.id(), older.schema().toString());
    manifest.schema(newer.id(), newer.schema().toString());
  }

  static Schema olderSchema() {
    return withFields(
        copies(Event.getClassSchema()).stream()
            .filter(field -> !field.name().equals("session_id"))
            .toList());
  }

  static Schema newerSchema() {
    var fields = copies(Event.getClassSchema());
    fields.addAll(copies(new Schema.Parser().parse(ADDED_FIELDS)));
    return withFields(fields);
  }

  /** A field belongs to one schema for ever, so each is copied. */
  private static List<Schema.Field> copies(Schema schema) {
    var copies = new ArrayList<Schema.Field>();
    for (var field : schema.getFields()) {
      copies.add(new Schema.Field(field, field.schema()));
    }
    return copies;
  }

  private static Schema withFields(List<Schema.Field> fields) {
    var event = Event.getClassSchema();
    return Schema.createRecord(event.getName(), null, event.getNamespace(), false, fields);
  }
}
