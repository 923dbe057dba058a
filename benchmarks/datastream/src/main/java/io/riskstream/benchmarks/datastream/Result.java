package io.riskstream.benchmarks.datastream;

/** A row of the results' topic; a POJO to Flink. */
public final class Result {
  public String key;
  public String value;

  /** For Flink. */
  public Result() {}

  Result(String key, String value) {
    this.key = key;
    this.value = value;
  }
}
