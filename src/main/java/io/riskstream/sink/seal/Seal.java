package io.riskstream.sink.seal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Says that an hour of a dataset is final: no row of it will come any more, but for late ones.
 *
 * @param hourMillis start of the hour, epoch milliseconds
 * @param rows rows that are not late; exact
 * @param json all that is known of the hour, as its readers get it
 */
public record Seal(String dataset, long hourMillis, long rows, String json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What one partition gave.
   *
   * @param topic empty where rows are of no one partition
   * @param firstOffset least offset of a row that is not late; of no meaning where there is none
   * @param lastOffset greatest offset of a row that is not late; of no meaning where there is none
   */
  public record Part(
      String topic, int partition, long rows, long lateRows, long firstOffset, long lastOffset) {}

  /**
   * Returns the seal of the rows of all partitions.
   *
   * @param watermark at which the hour was over; Long.MAX_VALUE at the end of the input
   */
  public static Seal of(
      String dataset, long hourMillis, List<Part> parts, long watermark, long sealedAtMillis) {
    var rows = parts.stream().mapToLong(Part::rows).sum();
    var json = JSON.createObjectNode();
    json.put("dataset", dataset);
    json.put("hour", Instant.ofEpochMilli(hourMillis).toString());
    json.put("rows", rows);
    json.put("late_rows", parts.stream().mapToLong(Part::lateRows).sum());
    var partitions = json.putArray("partitions");
    parts.stream()
        .filter(part -> !part.topic().isEmpty())
        .forEach(part -> describe(part, partitions.addObject()));
    json.put(
        "watermark",
        watermark == Long.MAX_VALUE ? null : Instant.ofEpochMilli(watermark).toString());
    json.put("sealed_at", Instant.ofEpochMilli(sealedAtMillis).toString());
    return new Seal(dataset, hourMillis, rows, json.toString());
  }

  private static void describe(Part part, ObjectNode json) {
    json.put("topic", part.topic());
    json.put("partition", part.partition());
    json.put("rows", part.rows());
    json.put("late_rows", part.lateRows());
    if (part.rows() > 0) {
      json.put("first_offset", part.firstOffset());
      json.put("last_offset", part.lastOffset());
    }
  }
}
