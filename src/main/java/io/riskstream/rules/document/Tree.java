package io.riskstream.rules.document;

import java.util.List;
import java.util.Map;

/** A YAML or JSON value that knows where it stands; lines and columns count from 1. */
sealed interface Tree {
  Place place();

  /** Where a value begins. */
  record Place(int line, int column) {}

  /** A mapping; each name occurs once. */
  record Mapping(Place place, Map<String, Tree> members) implements Tree {}

  /** A sequence. */
  record Sequence(Place place, List<Tree> elements) implements Tree {}

  /**
   * A value without parts.
   *
   * @param text a text's content, or a number, true, false or null as they were written
   * @param content where the first character of a text stands whose lines follow one another as
   *     they are, a column further in than {@code indent}; null where that is not so
   */
  record Scalar(Place place, Type type, String text, Content content) implements Tree {}

  /** What a scalar is. */
  enum Type {
    TEXT,
    NUMBER,
    BOOL,
    NULL
  }

  /**
   * Where a text's characters stand in its source.
   *
   * @param first of the first line
   * @param column where the further lines begin
   */
  record Content(Place first, int column) {
    Place of(int line, int columnInText) {
      return line <= 1
          ? new Place(first.line(), first.column() + columnInText - 1)
          : new Place(first.line() + line - 1, column + columnInText - 1);
    }
  }
}
