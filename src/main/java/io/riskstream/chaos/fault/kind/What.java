package io.riskstream.chaos.fault.kind;

/** A process that can be hit. */
enum What {
  TASK_MANAGER,
  JOB_MANAGER,
  BROKER,
  REDIS,
  REGISTRY
}
