package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;
import java.time.Duration;

/** Each request to a server, and each answer, takes so much longer. */
public final class SlowNetwork implements Fault {
  private final Server server;
  private final Duration delay;
  private Aftermath aftermath;
  private long heldBefore;
  private long held;
  private long endedMillis;

  public SlowNetwork(Server server, Duration delay) {
    this.server = server;
    this.delay = delay;
  }

  @Override
  public void strike(Stage stage) throws IOException {
    aftermath = Aftermath.begin(stage);
    heldBefore = server.proxy(stage).heldBack();
    server.proxy(stage).delay(delay);
  }

  @Override
  public void end(Stage stage) {
    if (aftermath != null && endedMillis == 0) {
      held = server.proxy(stage).heldBack() - heldBefore;
      endedMillis = System.currentTimeMillis();
      server.proxy(stage).heal();
    }
  }

  @Override
  public Proof proof(Stage stage) {
    if (endedMillis == 0) {
      return new Proof.Missing("the " + server.word() + " was not slow");
    }
    return Proof.of(
        held > 0,
        "%s slow for %.1f s: %d messages of the job and answers held for %d ms each; restarts %d"
            .formatted(
                server.word(),
                (endedMillis - aftermath.sinceMillis()) / 1e3,
                held,
                delay.toMillis(),
                aftermath.restarts()));
  }
}
