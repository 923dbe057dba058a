package io.riskstream.config;

/** What the job does where Kafka has deleted records that it has not read. */
public enum OnLostOffsets {
  /** It stops, loudly and for good. */
  FAIL("fail"),
  /** It records the lost range in its place in the stream, and goes on behind it. */
  RECORD_GAP("record-gap");

  private final String text;

  OnLostOffsets(String text) {
    this.text = text;
  }

  /** Returns the choice as the configuration writes it. */
  public String text() {
    return text;
  }
}
