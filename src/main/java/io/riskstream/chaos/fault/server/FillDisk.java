package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.DiskPlace;
import io.riskstream.chaos.stage.SmallDisk;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;
import java.util.Optional;

/**
 * The disk below something is full; at the end there is room again, and the broker, which stops
 * when it cannot write, is started again.
 */
public final class FillDisk implements Fault {
  private static final String FULL = "No space left on device";

  private final DiskPlace place;
  private Aftermath aftermath;
  private boolean brokerStopped;
  private long endedMillis;

  public FillDisk(DiskPlace place) {
    this.place = place;
  }

  @Override
  public Optional<DiskPlace> smallDisk() {
    return Optional.of(place);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    aftermath = Aftermath.begin(stage);
    disk(stage).fill();
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (aftermath != null && endedMillis == 0) {
      disk(stage).free();
      endedMillis = System.currentTimeMillis();
      if (place == DiskPlace.BROKER) {
        brokerStopped = !stage.kafka().isAlive();
        // One that has given up its only disk does not take it again.
        stage.kafka().kill();
        stage.kafka().start();
      }
    }
  }

  @Override
  public Proof proof(Stage stage) throws IOException {
    if (endedMillis == 0) {
      return new Proof.Missing("the disk below " + place.folder() + " was not full");
    }
    var said =
        place == DiskPlace.BROKER
            ? aftermath.logged(stage.kafka().log(), FULL)
            : aftermath.said(FULL);
    return Proof.of(
        said.isPresent(),
        "disk below %s full for %.1f s%s; restarts %d: %s"
            .formatted(
                place.folder(),
                (endedMillis - aftermath.sinceMillis()) / 1e3,
                brokerStopped ? ", broker stopped" : "",
                aftermath.restarts(),
                said.orElse("nobody says so")));
  }

  private SmallDisk disk(Stage stage) {
    return stage
        .disk(place)
        .orElseThrow(() -> new IllegalStateException(place.folder() + " is on no disk of its own"));
  }
}
