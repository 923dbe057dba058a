package io.riskstream.ops.deadletter;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which dead letters are looked at; what is null is not asked for.
 *
 * @param partitionOrNull of the refused record
 * @param sinceMillisOrNull least broker time of the refused record, epoch milliseconds
 */
public record DeadLetterFilter(
    String stageOrNull, String errorOrNull, Integer partitionOrNull, Long sinceMillisOrNull) {
  boolean lets(JsonNode letter) {
    return (stageOrNull == null || stageOrNull.equals(letter.path("stage").asText()))
        && (errorOrNull == null || errorOrNull.equals(letter.path("error").asText()))
        && (partitionOrNull == null || partitionOrNull == letter.path("partition").asInt(-1))
        && (sinceMillisOrNull == null
            || letter.path("ingest_time").asLong(Long.MIN_VALUE) >= sinceMillisOrNull);
  }
}
