package io.riskstream.pipeline.state;

/**
 * How an operator's state is laid out; as text {@code uid=layout}, or {@code uid=layout:oldest}
 * where older layouts are read too.
 *
 * @param layout number of the layout that is written; raised with each change of the bytes
 * @param oldestReadable number of the oldest layout that is read
 */
public record StateLayout(String uid, int layout, int oldestReadable) {
  public StateLayout {
    if (uid.isEmpty() || oldestReadable < 1 || layout < oldestReadable) {
      throw new IllegalArgumentException(
          "no layout of state: " + uid + "=" + layout + ":" + oldestReadable);
    }
  }

  /** Makes the layout of state that is read in no older one. */
  StateLayout(String uid, int layout) {
    this(uid, layout, layout);
  }

  /** Returns whether state of that layout is read. */
  public boolean reads(int written) {
    return oldestReadable <= written && written <= layout;
  }

  /**
   * Reads the form as text.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static StateLayout parse(String text) {
    try {
      var uidAndNumbers = text.split("=", 2);
      var numbers = uidAndNumbers[1].split(":", 2);
      var layout = Integer.parseInt(numbers[0]);
      return new StateLayout(
          uidAndNumbers[0], layout, numbers.length == 1 ? layout : Integer.parseInt(numbers[1]));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "no uid=layout or uid=layout:oldest: '" + text + "'", malformed);
    }
  }

  @Override
  public String toString() {
    return uid + "=" + layout + (layout == oldestReadable ? "" : ":" + oldestReadable);
  }
}
