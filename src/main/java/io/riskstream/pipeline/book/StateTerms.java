package io.riskstream.pipeline.book;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.model.EventTypes;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.WindowSpec;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.DocumentJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a job's state was made under and cannot be read without: the initial ruleset, the windows,
 * the numbers of the event types, and the topic by whose offsets documents are known. Kept with the
 * state, so that a job with other ones refuses to go on.
 *
 * @param controlTopic empty in the state of a release that did not keep it; any one fits that
 */
public record StateTerms(Ruleset initial, ActivityPlan activity, String controlTopic) {
  private static final int LAYOUT = 2;
  private static final int WITHOUT_TOPIC = 1;

  public StateTerms {
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(activity, "activity");
    Objects.requireNonNull(controlTopic, "controlTopic");
  }

  /** Returns the terms as bytes; equal terms give equal bytes. */
  public byte[] encode() {
    var out = new PackedWriter();
    out.writeByte(LAYOUT);
    out.writeBytes(DocumentJson.encode(document(initial)));
    out.writeUnsigned(activity.live().size());
    activity.live().forEach(window -> write(window, out));
    write(activity.tumbling(), out);
    var types = activity.types().names();
    out.writeUnsigned(types.size());
    types.forEach(out::writeText);
    out.writeText(controlTopic);
    return out.toByteArray();
  }

  /** Reads what {@link #encode} returned. */
  public static StateTerms decode(byte[] bytes) {
    var in = new PackedReader(bytes);
    var layout = in.readByte();
    if (layout != LAYOUT && layout != WITHOUT_TOPIC) {
      throw new IllegalStateException(
          "terms of the state have layout " + layout + ", this version reads up to " + LAYOUT);
    }
    var initial = ruleset(in.readBytes());
    var live = list(in, StateTerms::readWindow);
    var tumbling = readWindow(in);
    var types = new EventTypes(list(in, PackedReader::readText));
    var controlTopic = layout == WITHOUT_TOPIC ? "" : in.readText();
    return new StateTerms(initial, new ActivityPlan(live, tumbling, types), controlTopic);
  }

  /** A document that is nowhere, for its form as bytes. */
  private static RulesetDocument document(Ruleset ruleset) {
    return new RulesetDocument("initial", 1, null, ruleset);
  }

  private static Ruleset ruleset(byte[] json) {
    try {
      return ((RulesetDocument) DocumentJson.decode(json)).ruleset();
    } catch (RulesetException corrupt) {
      throw new IllegalStateException("the state's initial ruleset cannot be read", corrupt);
    }
  }

  /**
   * Checks that a state that was made under the former terms can go on under these.
   *
   * @throws IllegalStateException if it cannot; names the option and the remedy
   */
  public void checkThatSucceeds(StateTerms former) {
    check(
        former.initial.equals(initial),
        "rules.initial",
        "ruleset " + former.initial.version(),
        "ruleset " + initial.version() + (sameVersion(former) ? ", of another content" : ""),
        "publish the new one as a document");
    check(
        windows(former.activity).equals(windows(activity)),
        "windows.live and activity.size",
        windows(former.activity),
        windows(activity),
        "set them as they were");
    var formerTypes = former.activity.types().names();
    var types = activity.types().names();
    check(
        types.size() >= formerTypes.size()
            && types.subList(0, formerTypes.size()).equals(formerTypes),
        "events.types",
        formerTypes,
        types,
        "add new types at the end only");
    check(
        former.controlTopic.isEmpty() || former.controlTopic.equals(controlTopic),
        "kafka.control-topic",
        "topic " + former.controlTopic,
        "topic " + controlTopic,
        "name the former one, as its documents are known by their offsets");
  }

  private boolean sameVersion(StateTerms former) {
    return former.initial.version().equals(initial.version());
  }

  private static void check(
      boolean fulfilled, String option, Object was, Object wanted, String remedy) {
    if (!fulfilled) {
      throw new IllegalStateException(
          "%s: the job's state was made with %s, this job has %s; %s, or start without that state"
              .formatted(option, was, wanted, remedy));
    }
  }

  private static List<String> windows(ActivityPlan plan) {
    var windows = new ArrayList<String>();
    plan.live().forEach(window -> windows.add(text(window)));
    windows.add(text(plan.tumbling()));
    return windows;
  }

  private static String text(WindowSpec window) {
    return "%s (%d ms each %d ms)"
        .formatted(window.name(), window.sizeMillis(), window.slideMillis());
  }

  private static void write(WindowSpec window, PackedWriter out) {
    out.writeText(window.name());
    out.writeUnsigned(window.sizeMillis());
    out.writeUnsigned(window.slideMillis());
  }

  private static WindowSpec readWindow(PackedReader in) {
    return new WindowSpec(in.readText(), in.readUnsigned(), in.readUnsigned());
  }

  private static <T> List<T> list(PackedReader in, Function<PackedReader, T> element) {
    var elements = new ArrayList<T>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      elements.add(element.apply(in));
    }
    return elements;
  }
}
