package io.riskstream.pipeline.book;

import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import io.riskstream.model.Ruleset.Level;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A ruleset as bytes; equal rulesets give equal bytes, and what is written is read back equal. */
final class RulesetBytes {
  private RulesetBytes() {}

  static void write(Ruleset ruleset, PackedWriter out) {
    out.writeText(ruleset.version());
    out.writeUnsigned(ruleset.weightsMicros().size());
    new TreeMap<>(ruleset.weightsMicros())
        .forEach(
            (type, weight) -> {
              out.writeText(type);
              out.writeSigned(weight);
            });
    out.writeSigned(ruleset.floorMicros());
    out.writeSigned(ruleset.ceilingMicros());
    out.writeUnsigned(ruleset.levels().size());
    for (var level : ruleset.levels()) {
      out.writeText(level.name());
      out.writeSigned(level.fromMicros());
    }
    out.writeUnsigned(ruleset.rules().size());
    ruleset.rules().forEach(rule -> write(rule, out));
  }

  static Ruleset read(PackedReader in) {
    var version = in.readText();
    var weights = new HashMap<String, Integer>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      weights.put(in.readText(), Math.toIntExact(in.readSigned()));
    }
    var floor = Math.toIntExact(in.readSigned());
    var ceiling = Math.toIntExact(in.readSigned());
    var levels = new ArrayList<Level>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      levels.add(new Level(in.readText(), Math.toIntExact(in.readSigned())));
    }
    var rules = new ArrayList<RuleDefinition>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      rules.add(readRule(in));
    }
    return new Ruleset(version, weights, floor, ceiling, levels, rules);
  }

  private static void write(RuleDefinition rule, PackedWriter out) {
    out.writeText(rule.id());
    out.writeUnsigned(rule.on().size());
    new TreeSet<>(rule.on()).forEach(out::writeText);
    writeOptional(rule.windowOrNull(), out);
    out.writeText(rule.condition());
    out.writeText(rule.severity());
    out.writeUnsigned(rule.coolDownMillis());
    out.writeByte(rule.shadow() ? 1 : 0);
    out.writeText(rule.description());
    writeOptional(rule.runbookOrNull(), out);
  }

  private static RuleDefinition readRule(PackedReader in) {
    var id = in.readText();
    var on = new HashSet<String>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      on.add(in.readText());
    }
    return new RuleDefinition(
        id,
        on,
        readOptional(in),
        in.readText(),
        in.readText(),
        in.readUnsigned(),
        in.readByte() == 1,
        in.readText(),
        readOptional(in));
  }

  private static void writeOptional(String textOrNull, PackedWriter out) {
    out.writeByte(textOrNull == null ? 0 : 1);
    if (textOrNull != null) {
      out.writeText(textOrNull);
    }
  }

  private static String readOptional(PackedReader in) {
    return in.readByte() == 0 ? null : in.readText();
  }
}
