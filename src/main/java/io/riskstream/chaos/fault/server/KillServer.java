package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;

/** Broker or registry die at once; at the end they are there again with what they had. */
public final class KillServer implements Fault {
  private final Server server;
  private Aftermath aftermath;
  private long pid;
  private long withoutServerBefore;
  private long withoutServer;
  private long endedMillis;

  public KillServer(Server server) {
    this.server = server;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    aftermath = Aftermath.begin(stage);
    pid = server.pid(stage);
    withoutServerBefore = server.proxy(stage).withoutServer();
    server.kill(stage);
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (endedMillis == 0) {
      withoutServer = server.proxy(stage).withoutServer() - withoutServerBefore;
      server.start(stage);
      endedMillis = System.currentTimeMillis();
    }
  }

  @Override
  public Proof proof(Stage stage) {
    if (endedMillis == 0) {
      return new Proof.Missing("the " + server.word() + " was not killed and started again");
    }
    var isGone = ProcessHandle.of(pid).isEmpty();
    return Proof.of(
        isGone && withoutServer > 0,
        "%s (%d) killed for %.1f s: %d connections of the job found none, restarts %d"
            .formatted(
                server.word(),
                pid,
                (endedMillis - aftermath.sinceMillis()) / 1e3,
                withoutServer,
                aftermath.restarts()));
  }
}
