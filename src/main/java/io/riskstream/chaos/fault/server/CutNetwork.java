package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;

/** The job cannot reach a server that lives and that others can reach. */
public final class CutNetwork implements Fault {
  /** How the job sees it. */
  public enum How {
    /** Connections are reset. */
    REFUSE,
    /** Nothing comes back, and nothing says so. */
    BLACK_HOLE,
    /**
     * Each connection's first message that does not fit in a packet, and what the job sends over it
     * then, comes when the cut is over; connections made meanwhile are not cut.
     */
    LATE
  }

  private final Server server;
  private final How how;
  private Aftermath aftermath;
  private long refusedBefore;
  private long brokenBefore;
  private long heldBefore;
  private long detainedBefore;
  private long endedMillis;

  public CutNetwork(Server server, How how) {
    this.server = server;
    this.how = how;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    var proxy = server.proxy(stage);
    aftermath = Aftermath.begin(stage);
    refusedBefore = proxy.refused();
    brokenBefore = proxy.broken();
    heldBefore = proxy.heldBack();
    detainedBefore = proxy.detained();
    switch (how) {
      case REFUSE -> proxy.cut();
      case BLACK_HOLE -> proxy.silence();
      case LATE -> proxy.holdBack();
    }
  }

  @Override
  public void end(Stage stage) {
    if (aftermath != null && endedMillis == 0) {
      endedMillis = System.currentTimeMillis();
      switch (how) {
        case REFUSE, BLACK_HOLE -> server.proxy(stage).heal();
        case LATE -> server.proxy(stage).release();
      }
    }
  }

  @Override
  public Proof proof(Stage stage) {
    if (endedMillis == 0) {
      return new Proof.Missing("the network to the " + server.word() + " was not cut");
    }
    var proxy = server.proxy(stage);
    var refused = proxy.refused() - refusedBefore;
    var broken = proxy.broken() - brokenBefore;
    var held = proxy.heldBack() - heldBefore;
    var detained = proxy.detained() - detainedBefore;
    var seconds = (endedMillis - aftermath.sinceMillis()) / 1e3;
    return switch (how) {
      case REFUSE ->
          Proof.of(
              refused > 0,
              "network to %s cut for %.1f s: %d connections broken, %d refused; restarts %d"
                  .formatted(server.word(), seconds, broken, refused, aftermath.restarts()));
      case BLACK_HOLE ->
          Proof.of(
              held > 0,
              "network to %s silent for %.1f s: %d messages held back; restarts %d"
                  .formatted(server.word(), seconds, held, aftermath.restarts()));
      case LATE ->
          Proof.of(
              detained > 0,
              "%d large messages of the job to %s came up to %.1f s late; restarts %d"
                  .formatted(detained, server.word(), seconds, aftermath.restarts()));
    };
  }
}
