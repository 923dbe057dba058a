package io.riskstream.chaos.stage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * What a stage is made of.
 *
 * @param folder all that the servers write lies here; it is made, and is to be empty
 * @param registry whether there is a schema registry
 * @param taskManagers how many processes
 * @param slots of each
 * @param flink settings of the cluster that differ from {@link Stage}'s
 * @param smallDisks what lies on a small disk of its own
 * @param topics of Kafka, each with its number of partitions
 */
public record StageSettings(
    Path folder,
    boolean registry,
    int taskManagers,
    int slots,
    Map<String, String> flink,
    Set<DiskPlace> smallDisks,
    Map<String, Integer> topics) {

  public StageSettings {
    folder = folder.toAbsolutePath();
    flink = Map.copyOf(flink);
    smallDisks = Set.copyOf(smallDisks);
    topics = Map.copyOf(topics);
  }
}
