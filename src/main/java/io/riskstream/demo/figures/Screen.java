package io.riskstream.demo.figures;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the demo shows itself: a line each second, or on a terminal one table that changes. */
public interface Screen {
  /** Adds a line for good. */
  void line(String text);

  /** Shows the figures of now, in the one form or in the other. */
  void figures(Supplier<String> line, Supplier<List<String>> table);

  /** Returns a screen that only ever adds lines. */
  static Screen ofLines(Consumer<String> out) {
    return new Screen() {
      @Override
      public void line(String text) {
        out.accept(text);
      }

      @Override
      public void figures(Supplier<String> line, Supplier<List<String>> table) {
        out.accept(line.get());
      }
    };
  }
}
