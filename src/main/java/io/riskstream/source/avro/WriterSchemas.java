package io.riskstream.source.avro;

import io.riskstream.source.event.Rejection;

/** Knows the schemas that records name. */
@FunctionalInterface
interface WriterSchemas {
  /**
   * Returns the schema of that id, however long it takes to learn of it.
   *
   * @throws Rejection if there is none, or none that an event can be written with
   */
  WriterSchema of(int id) throws Rejection, InterruptedException;
}
