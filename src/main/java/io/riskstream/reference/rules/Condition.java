package io.riskstream.reference.rules;

import com.google.protobuf.Timestamp;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A condition of section 8 of the semantics. It is a pure function of the variables that it names,
 * so the answer for values that were asked for before is remembered.
 */
public final class Condition {
  private static final int LONGEST_CHARACTERS = 4_096;
  private static final int DEEPEST = 32;
  private static final int MOST_NODES = 500;
  private static final int REMEMBERED = 10_000;

  private static final Pattern TEXT =
      Pattern.compile("\"(\\\\.|[^\"\\\\])*+\"|'(\\\\.|[^'\\\\])*+'");
  private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
  private static final Map<String, CelType> COMMON =
      Map.of("profile", TEXTS, "has_profile", SimpleType.BOOL, "dimensions", TEXTS);
  private static final Map<String, CelType> OF_EVENTS =
      Map.of(
          "event.id", SimpleType.STRING,
          "event.type", SimpleType.STRING,
          "event.session_id", SimpleType.STRING,
          "event.timestamp", SimpleType.TIMESTAMP,
          "event.value", SimpleType.DOUBLE,
          "event.has_value", SimpleType.BOOL,
          "event.properties", TEXTS,
          "score_before", SimpleType.DOUBLE,
          "score_after", SimpleType.DOUBLE);
  private static final Map<String, CelType> OF_WINDOWS =
      Map.of(
          "window.start", SimpleType.TIMESTAMP,
          "window.end", SimpleType.TIMESTAMP,
          "session.start", SimpleType.TIMESTAMP,
          "session.end", SimpleType.TIMESTAMP,
          "count", SimpleType.INT,
          "counts", MapType.create(SimpleType.STRING, SimpleType.INT),
          "types", ListType.create(SimpleType.STRING));

  private final CelRuntime.Program program;
  private final List<String> variables;
  private final Map<List<Object>, Boolean> remembered = new HashMap<>();

  private Condition(CelRuntime.Program program, List<String> variables) {
    this.program = program;
    this.variables = variables;
  }

  /**
   * Compiles it.
   *
   * @param ofWindows whether it is that of a window rule
   */
  static Condition compile(String text, boolean ofWindows) throws RefusedDocumentException {
    Fields.refuse(text.length() > LONGEST_CHARACTERS, "the condition is too long");
    Fields.refuse(bracketDepth(text) > DEEPEST, "the condition nests too deep");
    var types = new TreeMap<>(COMMON);
    types.putAll(ofWindows ? OF_WINDOWS : OF_EVENTS);
    try {
      var tree = compiler(types).compile(text).getAst();
      checkSize(tree);
      var named = new TreeSet<String>();
      tree.getReferenceMap().values().forEach(reference -> named.add(reference.name()));
      named.retainAll(types.keySet());
      var runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
      return new Condition(runtime.createProgram(tree), List.copyOf(named));
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new RefusedDocumentException("the condition does not compile: " + wrong.getMessage());
    }
  }

  /** Brackets of any kind, but for those of texts: a parser has to go down for each. */
  private static int bracketDepth(String text) {
    int depth = 0;
    int deepest = 0;
    for (char character : TEXT.matcher(text).replaceAll("").toCharArray()) {
      if (character == '(' || character == '[' || character == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (character == ')' || character == ']' || character == '}') {
        depth--;
      }
    }
    return deepest;
  }

  private static CelCompiler compiler(Map<String, CelType> types) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setResultType(SimpleType.BOOL);
    types.forEach(builder::addVar);
    return builder.build();
  }

  private static void checkSize(CelAbstractSyntaxTree tree) throws RefusedDocumentException {
    var nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
    Fields.refuse(nodes.size() > MOST_NODES, "the condition has too many nodes");
    for (var node : nodes) {
      int depth = 0;
      for (var at = Optional.of(node); at.isPresent(); at = at.flatMap(CelNavigableExpr::parent)) {
        depth++;
      }
      Fields.refuse(depth > DEEPEST, "the condition nests too deep");
    }
  }

  /**
   * Returns whether it is true; where it yields an error it is not.
   *
   * @param facts gives a variable's value by its name
   */
  public boolean holds(Function<String, Object> facts) {
    var values = new ArrayList<Object>(variables.size());
    variables.forEach(name -> values.add(facts.apply(name)));
    var known = remembered.get(values);
    if (known != null) {
      return known;
    }
    if (remembered.size() >= REMEMBERED) {
      remembered.clear();
    }
    boolean holds = judge(values);
    remembered.put(values, holds);
    return holds;
  }

  private boolean judge(List<Object> values) {
    try {
      var answer =
          program.eval(
              name -> {
                int place = variables.indexOf(name);
                return place < 0 ? Optional.empty() : Optional.of(values.get(place));
              });
      return Boolean.TRUE.equals(answer);
    } catch (CelEvaluationException error) {
      return false;
    }
  }

  /** Returns a time as a condition sees it. */
  public static Object timestamp(long millis) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(millis, 1_000L))
        .setNanos((int) Math.floorMod(millis, 1_000L) * 1_000_000)
        .build();
  }
}
