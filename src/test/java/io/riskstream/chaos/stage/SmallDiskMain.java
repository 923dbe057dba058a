package io.riskstream.chaos.stage;

import java.nio.file.Path;

/** A program that mounts a disk and never closes it: prints its folder, and waits to be killed. */
final class SmallDiskMain {
  private SmallDiskMain() {}

  public static void main(String[] arguments) throws Exception {
    // Not closed on purpose: the disk has to go with this JVM by itself.
    var disk = SmallDisk.mount(Path.of(arguments[0]), 1 << 20);
    System.out.println(disk.data());
    while (System.in.read() >= 0) {
      // Only the end of the input counts.
    }
  }
}
