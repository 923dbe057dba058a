package io.riskstream.sink.control;

import io.riskstream.model.ControlDocument;
import java.io.IOException;
import java.io.Serializable;

/** Where documents for the running job are published; shipped with the job. */
public interface ControlPublisher extends Serializable {
  /**
   * Returns once the document is kept.
   *
   * @throws IOException if it is not known to be; it may be tried again with the same identity
   */
  void publish(ControlDocument document) throws IOException, InterruptedException;
}
