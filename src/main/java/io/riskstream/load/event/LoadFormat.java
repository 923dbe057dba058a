package io.riskstream.load.event;

/** How generated events are written. */
public enum LoadFormat {
  /** All as JSON. */
  JSON,
  /** All as Avro, by an older and a newer schema at once. */
  AVRO,
  /** As JSON and as Avro by both schemas, in equal parts. */
  MIXED
}
