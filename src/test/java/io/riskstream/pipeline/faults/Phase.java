package io.riskstream.pipeline.faults;

import java.util.regex.Pattern;

/** When a fault strikes: at a call of one of these methods, before or after the call is made. */
enum Phase {
  /** While records are read, worked on or written. */
  PROCESSING(false, "pollNext|processElement1?|write"),
  /** As the barrier arrives, before it is passed on. */
  BEFORE_BARRIER(false, "prepareSnapshotPreBarrier|prepareCommit"),
  /** Once the state is written, so that the checkpoint fails at its last moment. */
  SNAPSHOT(true, "snapshotState"),
  /** The checkpoint is complete, and this operator has not heard of it. */
  COMPLETED(false, "notifyCheckpointComplete"),
  /** The checkpoint is complete, and nothing of this sink is committed. */
  BEFORE_COMMIT(false, "commit"),
  /** All of this sink is committed, and nobody knows. */
  AFTER_COMMIT(true, "commit");

  private final boolean afterCall;
  private final Pattern methods;

  Phase(boolean afterCall, String methods) {
    this.afterCall = afterCall;
    this.methods = Pattern.compile(methods);
  }

  boolean strikes(String method, boolean isAfterCall) {
    return afterCall == isAfterCall && methods.matcher(method).matches();
  }
}
