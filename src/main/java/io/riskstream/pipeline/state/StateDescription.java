package io.riskstream.pipeline.state;

import io.riskstream.model.CodeVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a job says of its state: it is a global job parameter, which Flink's REST interface shows,
 * and is kept with the state itself. Two of them tell whether the one job can go on from the
 * other's state, without a look at it.
 *
 * @param version of the job's code
 * @param maxParallelism number of key groups
 * @param layouts of all stateful operators, by uid
 */
public record StateDescription(String version, int maxParallelism, List<StateLayout> layouts) {
  /** Name of the parameter that holds the layouts, separated by commas. */
  public static final String STATE = "riskstream.state";

  /** Name of the parameter that holds the version. */
  public static final String VERSION = "riskstream.version";

  /** Name of the parameter that holds the number of key groups. */
  public static final String MAX_PARALLELISM = "riskstream.max-parallelism";

  private static final String SEPARATOR = ",";
  private static final String PART = ";";

  public StateDescription {
    layouts = layouts.stream().sorted(Comparator.comparing(StateLayout::uid)).toList();
  }

  /** Returns what this version says, of a job with so many key groups. */
  public static StateDescription ofThisVersion(int maxParallelism) {
    return new StateDescription(
        CodeVersion.read(),
        maxParallelism,
        Stream.concat(StateLayouts.OURS.stream(), StateLayouts.FLINKS.stream()).toList());
  }

  /** Reads what a job says of itself; empty where its parameters say nothing of state. */
  public static Optional<StateDescription> of(Map<String, String> globalJobParameters) {
    var state = globalJobParameters.get(STATE);
    if (state == null) {
      return Optional.empty();
    }
    return Optional.of(
        new StateDescription(
            globalJobParameters.getOrDefault(VERSION, "unknown"),
            Integer.parseInt(globalJobParameters.getOrDefault(MAX_PARALLELISM, "0")),
            layouts(state)));
  }

  /** Returns the parameters that say so. */
  public Map<String, String> parameters() {
    return Map.of(
        STATE,
        layouts.stream().map(StateLayout::toString).collect(Collectors.joining(SEPARATOR)),
        VERSION,
        version,
        MAX_PARALLELISM,
        Integer.toString(maxParallelism));
  }

  /** Adds the parameters to those that the environment's jobs have. */
  public void announce(StreamExecutionEnvironment environment) {
    var parameters =
        new HashMap<>(environment.getConfig().getGlobalJobParameters().toMap()); // never null
    parameters.putAll(parameters());
    environment.configure(
        new Configuration().set(PipelineOptions.GLOBAL_JOB_PARAMETERS, parameters));
  }

  /**
   * Returns what stands against going on from the state of a former job, each problem with the uid,
   * both layouts and the remedy; empty if nothing does. What the former job could read may still
   * lie in its state, so it has to be read on.
   */
  public List<String> problemsAfter(StateDescription former) {
    var problems = new ArrayList<String>();
    if (former.maxParallelism != maxParallelism) {
      problems.add(
          "max-parallelism: the state has %d key groups, this job has %d; set job.max-parallelism to %d"
              .formatted(former.maxParallelism, maxParallelism, former.maxParallelism));
    }
    var now = layouts.stream().collect(Collectors.toMap(StateLayout::uid, Function.identity()));
    for (var written : former.layouts) {
      var reader = now.get(written.uid());
      if (reader == null) {
        problems.add(
            "%s: version %s kept state of this uid (layout %d), version %s has no such operator and would drop it; give the operator its uid back, or start without that state"
                .formatted(written.uid(), former.version, written.layout(), version));
      } else if (!reader.reads(written.layout())) {
        problems.add(unreadable(written, written.layout(), "has", reader, former));
      } else if (!reader.reads(written.oldestReadable())) {
        // Bytes are written anew only where they are visited.
        problems.add(
            unreadable(written, written.oldestReadable(), "may still hold", reader, former));
      }
    }
    return problems;
  }

  private String unreadable(
      StateLayout written, int layout, String holds, StateLayout reader, StateDescription former) {
    return "%s: the state %s layout %d, of version %s; version %s reads %s; %s"
        .formatted(
            written.uid(),
            holds,
            layout,
            former.version,
            version,
            reader.layout() == reader.oldestReadable()
                ? "layout " + reader.layout()
                : "layouts " + reader.oldestReadable() + " to " + reader.layout(),
            layout > reader.layout()
                ? "go on with the version that wrote it, or from a savepoint of before"
                : "take a version that reads layout "
                    + layout
                    + " too, or start without that state");
  }

  /** Returns the whole as one text. */
  String encode() {
    var parameters = parameters();
    return String.join(
        PART, parameters.get(VERSION), parameters.get(MAX_PARALLELISM), parameters.get(STATE));
  }

  /** Reads what {@link #encode} returned. */
  static StateDescription decode(String text) {
    var parts = text.split(PART, 3);
    return new StateDescription(parts[0], Integer.parseInt(parts[1]), layouts(parts[2]));
  }

  private static List<StateLayout> layouts(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(SEPARATOR)).map(StateLayout::parse).toList();
  }
}
