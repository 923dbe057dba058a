package io.riskstream.chaos.fault.kind;

import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Parameters;
import io.riskstream.chaos.fault.flink.KillInCommit;
import io.riskstream.chaos.fault.flink.KillInSavepoint;
import io.riskstream.chaos.fault.flink.KillJobManager;
import io.riskstream.chaos.fault.flink.KillTaskManager;
import io.riskstream.chaos.fault.flink.PauseJobManager;
import io.riskstream.chaos.fault.flink.PauseTaskManager;
import io.riskstream.chaos.fault.server.CutNetwork;
import io.riskstream.chaos.fault.server.FillDisk;
import io.riskstream.chaos.fault.server.KillRedis;
import io.riskstream.chaos.fault.server.KillServer;
import io.riskstream.chaos.fault.server.PauseServer;
import io.riskstream.chaos.fault.server.Server;
import io.riskstream.chaos.fault.server.SlowNetwork;
import io.riskstream.chaos.stage.DiskPlace;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every kind of fault, by the word that names it in a scenario. */
public final class Faults {
  private static final String WHAT = "what";
  private static final Duration SLOWNESS = Duration.ofMillis(300);

  private static final Map<String, Function<Parameters, Fault>> KINDS =
      new TreeMap<>(
          Map.of(
              "kill", Faults::kill,
              "pause", Faults::pause,
              "cut", Faults::cut,
              "slow", Faults::slow,
              "fill", Faults::fill,
              "kill-in-commit", parameters -> new KillInCommit(),
              "kill-in-savepoint", parameters -> new KillInSavepoint()));

  private Faults() {}

  /** Returns the words of all kinds. */
  public static List<String> words() {
    return List.copyOf(KINDS.keySet());
  }

  /**
   * Makes a fault that has not struck yet.
   *
   * @param word its kind
   * @param given what the step says beside, by name; {@code for} and {@code times} are its runner's
   * @throws IllegalArgumentException naming what is not known, and what is
   */
  public static Fault of(String word, Map<String, String> given) {
    var kind = KINDS.get(word);
    if (kind == null) {
      throw new IllegalArgumentException(
          "no fault is called " + word + "; known are " + String.join(", ", words()));
    }
    var parameters = new Parameters(given);
    var fault = kind.apply(parameters);
    parameters.refuseOthers(List.of("for", "times"));
    return fault;
  }

  private static Fault kill(Parameters parameters) {
    return switch (parameters.one(WHAT, null, EnumSet.allOf(What.class))) {
      case TASK_MANAGER ->
          new KillTaskManager(
              parameters.one(
                  "when", KillTaskManager.When.AT_ONCE, EnumSet.allOf(KillTaskManager.When.class)));
      case JOB_MANAGER -> new KillJobManager();
      case BROKER -> new KillServer(Server.BROKER);
      case REGISTRY -> new KillServer(Server.REGISTRY);
      case REDIS ->
          new KillRedis(
              parameters.one("back", KillRedis.Back.EMPTY, EnumSet.allOf(KillRedis.Back.class)));
    };
  }

  private static Fault pause(Parameters parameters) {
    return switch (parameters.one(WHAT, null, EnumSet.allOf(What.class))) {
      case TASK_MANAGER -> new PauseTaskManager();
      case JOB_MANAGER -> new PauseJobManager();
      case BROKER -> new PauseServer(Server.BROKER);
      case REDIS -> new PauseServer(Server.REDIS);
      case REGISTRY -> new PauseServer(Server.REGISTRY);
    };
  }

  private static Fault cut(Parameters parameters) {
    return new CutNetwork(
        server(parameters),
        parameters.one("how", CutNetwork.How.REFUSE, EnumSet.allOf(CutNetwork.How.class)));
  }

  private static Fault slow(Parameters parameters) {
    return new SlowNetwork(server(parameters), parameters.duration("by", SLOWNESS));
  }

  private static Fault fill(Parameters parameters) {
    return new FillDisk(parameters.one(WHAT, null, EnumSet.allOf(DiskPlace.class)));
  }

  private static Server server(Parameters parameters) {
    return parameters.one(WHAT, null, EnumSet.allOf(Server.class));
  }
}
