package io.riskstream.benchmarks.contender;

/** Something that can be measured: it drains a topic as processes of its own. */
public interface Contender {
  /** What a contender is compared as. */
  enum Role {
    /** The pipeline of this repository. */
    OURS,
    /** Another way to do the common part. */
    PEER,
    /** The beginning of the work and nothing else. */
    CEILING
  }

  /** Returns its name on the command line and in results. */
  String name();

  /** Returns the name by which workloads ask for it: another one if it is a version of that. */
  default String askedForAs() {
    return name();
  }

  Role role();

  /** Says in a sentence what it is and does. */
  String description();

  /**
   * Starts it on a topic, with everything of its own new and empty.
   *
   * @throws Exception if it cannot be started; nothing of it is left running then
   */
  ContenderRun start(Assignment assignment) throws Exception;
}
