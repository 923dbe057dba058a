package io.riskstream.benchmarks.measure;

/**
 * What the kernel's {@code /proc/PID/stat} says of a process.
 *
 * @param ticks of processor time, user and system, its own and that of its ended children
 */
record ProcessStat(long pid, long parent, long ticks) {
  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int LAST_TICKS = 14;

  /** Reads the line; the name in it, in parentheses, may hold blanks and parentheses itself. */
  static ProcessStat parse(String line) {
    var pid = Long.parseLong(line.substring(0, line.indexOf(' ')));
    var fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
    long ticks = 0;
    for (var field = USER_TICKS; field <= LAST_TICKS; field++) {
      ticks += Long.parseLong(fields[field]);
    }
    return new ProcessStat(pid, Long.parseLong(fields[PARENT]), ticks);
  }
}
