package io.riskstream.pipeline;

/** Where it comes from what becomes of an event. */
public enum Verdicts {
  /** From the order of each partition's records, as they are read. */
  JUDGED,

  /**
   * From the lake, which holds accepted and late events and says which is which: nothing is judged
   * again, so an id that was accepted twice is accepted twice. For batches only, where no line
   * passes before all events are there.
   */
  RECORDED
}
