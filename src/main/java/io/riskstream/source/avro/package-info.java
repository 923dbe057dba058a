/** Avro records in Confluent's wire format to events, by the schema that each was written with. */
package io.riskstream.source.avro;
