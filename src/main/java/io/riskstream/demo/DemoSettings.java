package io.riskstream.demo;

import io.riskstream.load.event.LoadFormat;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a person chooses of a demo.
 *
 * @param durationOrNull null until it is asked to stop, or until the input is sent
 * @param inputOrNull NDJSON file to send instead of generated events
 * @param format how generated events are written; with anything but JSON there is a schema registry
 * @param kafkaPort 0 for a free one, as with the other two
 */
public record DemoSettings(
    Duration durationOrNull,
    double ratePerSecond,
    int users,
    long seed,
    Path inputOrNull,
    LoadFormat format,
    int kafkaPort,
    int redisPort,
    int webPort) {
  /** A demo of JSON. */
  public DemoSettings(
      Duration durationOrNull,
      double ratePerSecond,
      int users,
      long seed,
      Path inputOrNull,
      int kafkaPort,
      int redisPort,
      int webPort) {
    this(
        durationOrNull,
        ratePerSecond,
        users,
        seed,
        inputOrNull,
        LoadFormat.JSON,
        kafkaPort,
        redisPort,
        webPort);
  }
}
