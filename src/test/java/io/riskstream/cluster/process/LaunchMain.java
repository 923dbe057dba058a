package io.riskstream.cluster.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM that starts a program, says its id, and goes on until its input ends. */
final class LaunchMain {
  private LaunchMain() {}

  public static void main(String[] arguments) throws IOException {
    var log = Path.of(arguments[1]);
    var command = List.of("sleep", "60");
    var mark =
        arguments[0].equals("attached")
            ? Launch.attached(log, Map.of(), command)
            : Launch.detached(log, Map.of(), command);
    System.out.println(mark.pid());
    while (System.in.read() >= 0) {
      // Until it ends.
    }
  }
}
