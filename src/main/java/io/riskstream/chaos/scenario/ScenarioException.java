package io.riskstream.chaos.scenario;

import java.io.IOException;
import java.util.List;

/** A scenario that cannot be read; names file, line and remedy of everything that is wrong. */
public final class ScenarioException extends IOException {
  private static final long serialVersionUID = 1L;

  ScenarioException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
