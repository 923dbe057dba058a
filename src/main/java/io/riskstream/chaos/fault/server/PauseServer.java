package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Broker, Redis or registry stand still, and wake up at the end. */
public final class PauseServer implements Fault {
  private static final long STILL_MILLIS = 50;

  private final Server server;
  private Aftermath aftermath;
  private long requestsBefore;
  private long answersBefore;
  private long requests;
  private long answers;
  private long endedMillis;

  public PauseServer(Server server) {
    this.server = server;
  }

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    aftermath = Aftermath.begin(stage);
    var proxy = server.proxy(stage);
    server.pause(stage);
    // Clients soon wait for answers, and send no more: what they send from now on finds nobody.
    requestsBefore = proxy.requestBytes();
    // What it had answered before is still on its way.
    do {
      answersBefore = proxy.answerBytes();
      TimeUnit.MILLISECONDS.sleep(STILL_MILLIS);
    } while (proxy.answerBytes() != answersBefore);
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (aftermath != null && endedMillis == 0) {
      requests = server.proxy(stage).requestBytes() - requestsBefore;
      answers = server.proxy(stage).answerBytes() - answersBefore;
      endedMillis = System.currentTimeMillis();
      server.resume(stage);
    }
  }

  @Override
  public Proof proof(Stage stage) {
    if (endedMillis == 0) {
      return new Proof.Missing("the " + server.word() + " did not stand still");
    }
    return Proof.of(
        requests > 0 && answers == 0,
        "%s (%d) stood still for %.1f s: %d bytes of requests, %d of answers; restarts %d"
            .formatted(
                server.word(),
                server.pid(stage),
                (endedMillis - aftermath.sinceMillis()) / 1e3,
                requests,
                answers,
                aftermath.restarts()));
  }
}
