package io.riskstream.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * The windows in which events are counted, and the types that are counted by name.
 *
 * @param types without the name that all others share
 */
public record ActivityConfig(List<LiveWindow> live, Duration size, List<String> types) {

  /**
   * A sliding window.
   *
   * @param name size/slide as it was written, such as 5m/1m
   */
  public record LiveWindow(String name, Duration size, Duration slide) implements Serializable {}

  public ActivityConfig {
    live = List.copyOf(live);
    types = List.copyOf(types);
  }
}
