package io.riskstream.rules.document;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.GatedDocument;

/** What the gate says of a record of the control topic. */
public sealed interface Answer {
  /**
   * It is a document from now on.
   *
   * @param recordedJson the document as it arrived, with the values of a file that it names
   * @param effectiveFromMillisOrNull what its author wished
   */
  record Accepted(GatedDocument gated, String recordedJson, Long effectiveFromMillisOrNull)
      implements Answer {
    /** Returns whether the cut lies after what its author wished. */
    public boolean moved() {
      return effectiveFromMillisOrNull != null && gated.cutMillis() > effectiveFromMillisOrNull;
    }

    /** Returns whether it has a cut at all. */
    public boolean hasCut() {
      return gated.cutMillis() != Long.MIN_VALUE;
    }
  }

  /** It was accepted before; nothing changes. */
  record Repeated(ControlDocument document) implements Answer {}

  /**
   * It changes nothing, and somebody should correct it.
   *
   * @param line from 1; 0 if unknown
   * @param column from 1; 0 if unknown
   */
  record Refused(
      String reason,
      int line,
      int column,
      String kindOrNull,
      String idOrNull,
      Integer versionOrNull)
      implements Answer {}
}
