package io.riskstream.rules.condition;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.cel.common.types.SimpleType.TIMESTAMP;

import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the conditions of a kind of rule can name: the variables and their types. */
@SuppressWarnings(
    "ImmutableEnumChecker") // CEL does not say so of its runtime, but it never changes
public enum ConditionScope {
  EVENT(
      Map.ofEntries(
          Map.entry("event.id", STRING),
          Map.entry("event.type", STRING),
          Map.entry("event.session_id", STRING),
          Map.entry("event.timestamp", TIMESTAMP),
          Map.entry("event.value", DOUBLE),
          Map.entry("event.has_value", BOOL),
          Map.entry("event.properties", MapType.create(STRING, STRING)),
          Map.entry("score_before", DOUBLE),
          Map.entry("score_after", DOUBLE))),
  WINDOW(
      Map.of(
          "window.start", TIMESTAMP,
          "window.end", TIMESTAMP,
          "session.start", TIMESTAMP,
          "session.end", TIMESTAMP,
          "count", INT,
          "counts", MapType.create(STRING, INT),
          "types", ListType.create(STRING)));

  /** Iterations of all comprehensions of one evaluation; one more is an error. */
  private static final int MOST_ITERATIONS = 10_000;

  private static final int MOST_REGEX_INSTRUCTIONS = 10_000;

  /** Beyond what {@link ConditionText} lets through. */
  private static final int PARSER_DEPTH = 100;

  private final Map<String, CelType> variables;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  ConditionScope(Map<String, CelType> own) {
    variables = new TreeMap<>(own);
    variables.put("profile", MapType.create(STRING, STRING));
    variables.put("has_profile", BOOL);
    variables.put("dimensions", MapType.create(STRING, STRING));
    var options = options();
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    variables.forEach(builder::addVar);
    compiler = builder.build();
    runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).build();
  }

  private static CelOptions options() {
    return CelOptions.current()
        .maxExpressionCodePointSize(ConditionText.MOST_CHARACTERS)
        .maxParseRecursionDepth(PARSER_DEPTH)
        .comprehensionMaxIterations(MOST_ITERATIONS)
        .maxRegexProgramSize(MOST_REGEX_INSTRUCTIONS)
        .evaluateCanonicalTypesToNativeValues(true)
        .enableTimestampEpoch(false)
        .build();
  }

  CelCompiler compiler() {
    return compiler;
  }

  CelRuntime runtime() {
    return runtime;
  }

  boolean has(String variable) {
    return variables.containsKey(variable);
  }

  /** Returns the names that a condition may use, for a message. */
  String names() {
    return variables.keySet().stream().collect(Collectors.joining(", "));
  }
}
