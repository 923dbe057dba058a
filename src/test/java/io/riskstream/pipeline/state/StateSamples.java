package io.riskstream.pipeline.state;

import static io.riskstream.testkit.Events.START;

import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventTypes;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.RulesetDocument;
import io.riskstream.packed.PackedWriter;
import io.riskstream.pipeline.book.StateTerms;
import io.riskstream.quality.MinuteTally;
import io.riskstream.quality.PartitionQuality;
import io.riskstream.quality.QualityLimits;
import io.riskstream.rules.Rulesets;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.InMemoryPipeline;
import io.riskstream.testkit.Plans;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Values of every type that a state holds, always the same ones. */
final class StateSamples {
  private static final String TEXT = "täxt";

  private StateSamples() {}

  /**
   * Returns a value of a record, with another value in each component, so that it shows where two
   * change places; of a sealed type one of its first.
   *
   * @param number of the component that it is for
   */
  static Object of(Type type, int number) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      var argument = generic.getActualTypeArguments()[0];
      return generic.getRawType() == List.class
          ? all(argument, number)
          : Map.of(of(argument, number), of(generic.getActualTypeArguments()[1], number + 1));
    }
    var plain = (Class<?>) type;
    if (plain == long.class || plain == Long.class) {
      return START + number;
    }
    if (plain == int.class || plain == Integer.class) {
      return 300 + number;
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return number % 2 == 0;
    }
    if (plain == String.class) {
      return TEXT + number;
    }
    if (plain == GatedDocument.class) {
      return new GatedDocument(new RulesetDocument("main", 1, null, Rulesets.defaults()), START, 7);
    }
    if (plain.isSealed()) {
      return of(plain.getPermittedSubclasses()[0], number);
    }
    if (!plain.isRecord()) {
      throw new IllegalArgumentException("no sample of " + plain + "; add one");
    }
    return ofRecord(plain);
  }

  /** One of each type that may be in the list. */
  private static List<Object> all(Type element, int number) throws ReflectiveOperationException {
    var types =
        element instanceof Class<?> type && type.isSealed()
            ? type.getPermittedSubclasses()
            : new Class<?>[] {(Class<?>) element};
    var samples = new Object[types.length];
    for (var index = 0; index < types.length; index++) {
      samples[index] = of(types[index], number);
    }
    return List.of(samples);
  }

  private static Object ofRecord(Class<?> record) throws ReflectiveOperationException {
    var components = record.getRecordComponents();
    var values = new Object[components.length];
    for (var index = 0; index < components.length; index++) {
      values[index] = of(components[index].getGenericType(), index);
    }
    var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var constructor = record.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  /** Returns what a state of bytes holds, by its name. */
  static List<byte[]> packed(String state) throws Exception {
    return switch (state) {
      case "user-head" -> List.of(busyUser().head("ann"), busyUser().head("bob"));
      case "user-chunks" -> List.copyOf(busyUser().chunks("ann").all().values());
      case "state-terms" ->
          List.of(new StateTerms(Rulesets.defaults(), Plans.DEFAULT, "control").encode());
      case "quality" -> List.of(quality());
      case "known-documents" -> List.of(knownDocuments());
      default -> throw new IllegalArgumentException("no sample of " + state + "; add one");
    };
  }

  /** One has something of all in the state, the other next to nothing. */
  private static InMemoryPipeline busyUser() {
    var pipeline = new InMemoryPipeline(600_000, 1_200_000, 2);
    pipeline.accept(
        new ProfileUpdate(
            "ann",
            START,
            Map.of("country", "DE"),
            new Coordinates("user-profiles", 0, 0, START),
            false));
    for (var number = 0; number < 100; number++) {
      pipeline.accept(Events.failedLogin("ann", "f" + number, 1_000L * number));
      pipeline.accept(Events.purchase("ann", "p" + number, 30_000L * number));
      pipeline.advance();
    }
    pipeline.accept(Events.purchase("bob", "p", 0));
    return pipeline;
  }

  private static byte[] quality() {
    var types = new EventTypes(List.of("purchase", "failed_login"));
    var partition =
        new PartitionQuality("events", 0, types, new QualityLimits(1, 10, 10, 50, 30, 90), "test");
    var minute = PartitionQuality.minuteOf(START);
    for (var number = 0; number < 20; number++) {
      var tally = new MinuteTally(types);
      for (var event = 0; event <= 5 * number; event++) {
        tally.valid(Events.purchase("ann", "p" + event, 60_000L * number), types);
      }
      tally.refused(number, "decode");
      partition.add(minute + number * PartitionQuality.MINUTE_MILLIS, tally, NOWHERE);
    }
    return partition.pack(new PackedWriter());
  }

  private static final PartitionQuality.Output NOWHERE =
      new PartitionQuality.Output() {
        @Override
        public void row(io.riskstream.model.QualityRow row) {}

        @Override
        public void alert(io.riskstream.model.Alert alert) {}
      };

  private static byte[] knownDocuments() throws Exception {
    var gate = new DocumentGates(Configs.unreachable()).create();
    var json =
        "{\"kind\":\"rule-disabled\",\"id\":\"r\",\"version\":1,\"rule_id\":\"r\",\"reason\":\"\"}";
    var record =
        new ControlRecord(
            new Coordinates("control", 0, 3, START), json.getBytes(StandardCharsets.UTF_8));
    gate.judge(record);
    return gate.pack();
  }
}
