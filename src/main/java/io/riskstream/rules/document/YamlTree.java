package io.riskstream.rules.document;

import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Content;
import io.riskstream.rules.document.Tree.Mapping;
import io.riskstream.rules.document.Tree.Place;
import io.riskstream.rules.document.Tree.Scalar;
import io.riskstream.rules.document.Tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads exactly one YAML document, which JSON mostly is, with its places. */
final class YamlTree {
  private static final int MOST_DEPTH = 30;

  private YamlTree() {}

  static Tree read(String text) throws RulesetException {
    try {
      var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
      checkDepth(settings, text);
      var root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        throw new RulesetException("it is empty; write lines of key: value", 1, 1);
      }
      return value(root.get());
    } catch (MarkedYamlEngineException malformed) {
      var place = place(malformed.getProblemMark());
      throw new RulesetException(
          "it is not one YAML document: %s; check indentation, colons and quotes here"
              .formatted(malformed.getProblem()),
          place.line(),
          place.column());
    } catch (YamlEngineException malformed) {
      throw new RulesetException("it is not one YAML document: " + malformed.getMessage(), 0, 0);
    }
  }

  /** Looks at the events alone first: nodes are composed recursively. */
  private static void checkDepth(LoadSettings settings, String text) throws RulesetException {
    var depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > MOST_DEPTH) {
        throw refused("nested too deeply", place(event.getStartMark()));
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
  }

  private static Tree value(Node node) throws RulesetException {
    var place = place(node.getStartMark());
    if (node.getAnchor().isPresent()) {
      throw refused("an anchor; write the value in each place", place);
    }
    if (node instanceof MappingNode mapping) {
      var members = new LinkedHashMap<String, Tree>();
      for (var entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode name)) {
          throw refused("a key that is no text; write it as plain text", place(entry.getKeyNode()));
        }
        if (members.put(name.getValue(), value(entry.getValueNode())) != null) {
          throw refused(
              name.getValue() + " is given a second time; keep one of them",
              place(entry.getKeyNode()));
        }
      }
      return new Mapping(place, members);
    }
    if (node instanceof SequenceNode sequence) {
      var elements = new ArrayList<Tree>();
      for (var element : sequence.getValue()) {
        elements.add(value(element));
      }
      return new Sequence(place, elements);
    }
    var scalar = (ScalarNode) node;
    return new Scalar(place, type(scalar.getTag()), scalar.getValue(), content(scalar, place));
  }

  private static Tree.Type type(Tag tag) {
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Tree.Type.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Tree.Type.BOOL;
    }
    return tag.equals(Tag.NULL) ? Tree.Type.NULL : Tree.Type.TEXT;
  }

  /** Of a folded text the lines are not where they were; of an indented block, its first line. */
  private static Content content(ScalarNode scalar, Place place) {
    return switch (scalar.getScalarStyle()) {
      case PLAIN -> new Content(place, place.column());
      case DOUBLE_QUOTED, SINGLE_QUOTED ->
          new Content(new Place(place.line(), place.column() + 1), place.column() + 1);
      default -> {
        var column = indentOf(scalar) + 1;
        yield new Content(new Place(place.line() + 1, column), column);
      }
    };
  }

  private static int indentOf(ScalarNode scalar) {
    var mark = scalar.getStartMark();
    if (mark.isEmpty()) {
      return 0;
    }
    var buffer = mark.get().getBuffer();
    var at = mark.get().getPointer();
    while (at < buffer.length && buffer[at] != '\n') {
      at++;
    }
    var indent = 0;
    while (at + 1 + indent < buffer.length && buffer[at + 1 + indent] == ' ') {
      indent++;
    }
    return indent;
  }

  private static RulesetException refused(String message, Place place) {
    return new RulesetException(message, place.line(), place.column());
  }

  private static Place place(Node node) {
    return place(node.getStartMark());
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(new Place(0, 0));
  }
}
