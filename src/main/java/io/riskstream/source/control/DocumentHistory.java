package io.riskstream.source.control;

import io.riskstream.model.GatedDocument;
import java.io.Serializable;
import java.util.List;

/**
 * What the one gate has accepted of all that is in the control topic when it is asked, so that a
 * task knows the documents before its first event.
 */
@FunctionalInterface
public interface DocumentHistory extends Serializable {
  /** There are none. */
  DocumentHistory NONE = List::of;

  /**
   * Returns the accepted documents in order of their offsets.
   *
   * @throws java.io.UncheckedIOException if they cannot be known now; nothing may be judged then
   */
  List<GatedDocument> read();

  /**
   * Returns what the gate has answered so far, and keeps to.
   *
   * @throws java.io.UncheckedIOException if it cannot be known now; nothing may be answered then
   */
  default RecordedAnswers answers() {
    return RecordedAnswers.none();
  }
}
