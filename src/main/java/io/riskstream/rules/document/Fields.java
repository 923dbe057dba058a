package io.riskstream.rules.document;

import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Mapping;
import io.riskstream.rules.document.Tree.Place;
import io.riskstream.rules.document.Tree.Scalar;
import io.riskstream.rules.document.Tree.Sequence;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a mapping's members as what they must be. What is wrong becomes a problem with its place,
 * and the answer null, so that all problems of a text are told at once.
 */
final class Fields {
  private static final BigDecimal GREATEST = BigDecimal.valueOf(1_000_000_000_000L);

  private final Mapping mapping;
  private final String context;
  private final List<Problem> problems;
  private final Set<String> asked = new HashSet<>();

  /**
   * @param context begins each message, such as "rule r: "
   */
  Fields(Mapping mapping, String context, List<Problem> problems) {
    this.mapping = mapping;
    this.context = context;
    this.problems = problems;
  }

  /** Returns the fields of a mapping; null, with a problem, where the tree is none. */
  static Fields of(Tree tree, String context, List<Problem> problems) {
    if (tree instanceof Mapping mapping) {
      return new Fields(mapping, context, problems);
    }
    problems.add(problem(tree.place(), context + "it is no mapping; write lines of key: value"));
    return null;
  }

  Fields in(String newContext) {
    return new Fields(mapping, newContext, problems);
  }

  Place place() {
    return mapping.place();
  }

  boolean has(String name) {
    return getOrNull(name) != null;
  }

  /** Returns the member; null where it is absent or null. */
  Tree getOrNull(String name) {
    asked.add(name);
    var tree = mapping.members().get(name);
    return tree instanceof Scalar scalar && scalar.type() == Tree.Type.NULL ? null : tree;
  }

  /** Returns the member; null, with a problem, where it is absent or null. */
  Tree get(String name, String remedy) {
    var tree = getOrNull(name);
    if (tree == null) {
      report(mapping.place(), name + " is missing; " + remedy);
    }
    return tree;
  }

  /** Reads a text that may not be empty. */
  String text(String name, int mostBytes, String remedy) {
    var tree = get(name, remedy);
    return tree == null ? null : text(tree, name, mostBytes, remedy);
  }

  /** Reads a text that may be absent; it may be empty where that is what stands for absent. */
  String textOr(String name, int mostBytes, String otherwise) {
    var tree = getOrNull(name);
    var isEmpty =
        tree instanceof Scalar scalar && scalar.type() == Tree.Type.TEXT && scalar.text().isEmpty();
    return tree == null || (isEmpty && "".equals(otherwise))
        ? otherwise
        : text(tree, name, mostBytes, "write a text or nothing");
  }

  String text(Tree tree, String name, int mostBytes, String remedy) {
    if (!(tree instanceof Scalar scalar) || scalar.type() != Tree.Type.TEXT) {
      report(tree.place(), name + " is no text; " + remedy + quotesFor(tree));
      return null;
    }
    var text = scalar.text();
    if (text.isEmpty()) {
      report(tree.place(), name + " is empty; " + remedy);
      return null;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)
        || text.chars().anyMatch(unit -> unit < ' ' && unit != '\n' && unit != '\t')) {
      report(tree.place(), name + " holds a control character or half a surrogate; remove it");
      return null;
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > mostBytes) {
      report(
          tree.place(),
          "%s has %,d bytes of UTF-8, and the limit is %,d; shorten it"
              .formatted(name, bytes, mostBytes));
      return null;
    }
    return text;
  }

  private static String quotesFor(Tree tree) {
    return tree instanceof Scalar ? ", in quotes" : "";
  }

  /** Reads a decimal of at most six places as millionths, within bounds in millionths. */
  Integer micros(Tree tree, String name, int least, int greatest) {
    var decimal = decimalOrNull(tree, name, "write a number such as 0.1");
    if (decimal == null) {
      return null;
    }
    var micros = decimal.abs().compareTo(GREATEST) > 0 ? null : decimal.movePointRight(6);
    if (micros != null && micros.stripTrailingZeros().scale() > 0) {
      report(tree.place(), "%s has more than six places; round it".formatted(name));
      return null;
    }
    if (micros == null
        || micros.compareTo(BigDecimal.valueOf(least)) < 0
        || micros.compareTo(BigDecimal.valueOf(greatest)) > 0) {
      report(
          tree.place(),
          "%s is out of range; write a number from %s to %s"
              .formatted(name, plain(least), plain(greatest)));
      return null;
    }
    return micros.intValueExact();
  }

  private static String plain(int micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }

  /** Reads a whole number within bounds. */
  Long whole(String name, long least, long greatest, String remedy) {
    var tree = get(name, remedy);
    return tree == null ? null : whole(tree, name, least, greatest, remedy);
  }

  /** Reads a whole number that may be absent. */
  Long wholeOrNull(String name, long least, long greatest, String remedy) {
    var tree = getOrNull(name);
    return tree == null ? null : whole(tree, name, least, greatest, remedy);
  }

  private Long whole(Tree tree, String name, long least, long greatest, String remedy) {
    var decimal = decimalOrNull(tree, name, remedy);
    if (decimal == null) {
      return null;
    }
    if (decimal.scale() != 0
        || decimal.compareTo(BigDecimal.valueOf(least)) < 0
        || decimal.compareTo(BigDecimal.valueOf(greatest)) > 0) {
      report(
          tree.place(),
          "%s is no whole number from %d to %d; %s".formatted(name, least, greatest, remedy));
      return null;
    }
    return decimal.longValueExact();
  }

  private BigDecimal decimalOrNull(Tree tree, String name, String remedy) {
    if (tree instanceof Scalar scalar && scalar.type() == Tree.Type.NUMBER) {
      try {
        var decimal = new BigDecimal(scalar.text());
        if (Math.abs((long) decimal.scale()) <= 100) {
          return decimal;
        }
      } catch (NumberFormatException otherForm) {
        // Such as 0x10 or .inf of YAML: reported below.
      }
    }
    report(tree.place(), name + " is no decimal number; " + remedy);
    return null;
  }

  /** Reads one of several words; the first where it is absent, if that is allowed. */
  <T> T word(String name, T otherwise, Map<String, T> words) {
    var tree = getOrNull(name);
    if (tree == null) {
      return otherwise;
    }
    if (tree instanceof Scalar scalar && words.containsKey(scalar.text())) {
      return words.get(scalar.text());
    }
    report(
        tree.place(),
        "%s is none of its words; write one of %s"
            .formatted(name, String.join(", ", words.keySet().stream().sorted().toList())));
    return null;
  }

  /** Returns the elements; empty where it is absent, null with a problem where it is no list. */
  List<Tree> list(String name, int most) {
    var tree = getOrNull(name);
    if (tree == null) {
      return List.of();
    }
    if (!(tree instanceof Sequence sequence)) {
      report(tree.place(), name + " is no list; write [a, b] or lines that begin with a hyphen");
      return null;
    }
    if (sequence.elements().size() > most) {
      report(
          tree.place(),
          "%s has %,d elements, and the limit is %,d"
              .formatted(name, sequence.elements().size(), most));
      return null;
    }
    return sequence.elements();
  }

  /** Returns the members of a mapping; null with a problem where it is none. */
  Map<String, Tree> members(String name, int most) {
    var tree = get(name, "write a mapping");
    if (tree == null) {
      return null;
    }
    if (!(tree instanceof Mapping members)) {
      report(tree.place(), name + " is no mapping; write {key: value}");
      return null;
    }
    if (members.members().size() > most) {
      report(
          tree.place(),
          "%s has %,d members, and the limit is %,d"
              .formatted(name, members.members().size(), most));
      return null;
    }
    return members.members();
  }

  /** Reports every member that was never asked for. */
  void refuseOthers() {
    mapping
        .members()
        .forEach(
            (name, tree) -> {
              if (!asked.contains(name)) {
                report(
                    tree.place(),
                    "%s is not known here; remove it, or write one of %s"
                        .formatted(
                            shown(name), String.join(", ", asked.stream().sorted().toList())));
              }
            });
  }

  void throwFirst() throws RulesetException {
    if (!problems.isEmpty()) {
      throw problems.get(0).toException();
    }
  }

  void report(Place place, String message) {
    problems.add(problem(place, context + message));
  }

  /** Returns whether all are there; what is null has its problem. */
  static boolean allThere(Object... values) {
    for (var value : values) {
      if (value == null) {
        return false;
      }
    }
    return true;
  }

  /** Reads each of several; null where one of them is wrong. */
  static <T, R> List<R> each(List<T> parts, Function<T, R> read) {
    var results = new ArrayList<R>();
    var complete = true;
    for (var part : parts) {
      var result = read.apply(part);
      complete &= result != null;
      results.add(result);
    }
    return complete ? results : null;
  }

  static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static Problem problem(Place place, String message) {
    return new Problem(message, place.line(), place.column());
  }
}
