package io.riskstream.chaos.stage;

import java.io.IOException;

/**
 * This machine does not let us mount a small disk; the message says what it said, and what helps.
 */
public final class MountRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  MountRefusedException(String folder, String answer) {
    super(
        "no small disk can be mounted on "
            + folder
            + ": "
            + answer
            + "; run as root on a machine that lets it (in a container: with the capability"
            + " SYS_ADMIN), or leave out the scenarios in which a disk is filled");
  }
}
