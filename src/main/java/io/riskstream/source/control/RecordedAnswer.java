package io.riskstream.source.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What the gate has said of a record, as the topic of its answers keeps it.
 *
 * @param topic of the record
 * @param offset of the record
 * @param accepted whether it has been in force since
 * @param cutMillis from when on, epoch milliseconds; Long.MIN_VALUE for a document without a cut
 */
record RecordedAnswer(String topic, long offset, boolean accepted, long cutMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RecordedAnswer of(byte[] status) throws IOException {
    var json = JSON.readTree(status);
    if (!json.path("topic").isTextual()
        || !json.path("offset").isIntegralNumber()
        || !json.path("answer").isTextual()) {
      throw new IOException("a record of it is no answer to a document");
    }
    var cut = json.path("cut");
    return new RecordedAnswer(
        json.path("topic").textValue(),
        json.path("offset").longValue(),
        json.path("answer").textValue().equals("accepted"),
        cut.isIntegralNumber() ? cut.longValue() : Long.MIN_VALUE);
  }
}
