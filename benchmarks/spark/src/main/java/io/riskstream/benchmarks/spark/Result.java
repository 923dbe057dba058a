package io.riskstream.benchmarks.spark;

import java.io.Serializable;

/** A row of the results' topic; a bean to Spark, whose Kafka sink asks for these names. */
public final class Result implements Serializable {
  private static final long serialVersionUID = 1;

  private String key;
  private String value;

  /** For Spark. */
  public Result() {}

  Result(String key, String value) {
    this.key = key;
    this.value = value;
  }

  public String getKey() {
    return key;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public String getValue() {
    return value;
  }

  public void setValue(String value) {
    this.value = value;
  }
}
