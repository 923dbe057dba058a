package io.riskstream.reference.rules;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads JSON and YAML alike as a tree; numbers stay as they were written. */
final class Trees {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  static JsonNode json(byte[] value) throws RefusedDocumentException {
    try {
      var tree = value == null ? null : JSON.readTree(value);
      if (tree == null || !tree.isObject()) {
        throw new RefusedDocumentException("no JSON object");
      }
      return tree;
    } catch (IOException malformed) {
      throw new RefusedDocumentException("no JSON: " + malformed.getMessage());
    }
  }

  static JsonNode yaml(String text) throws RefusedDocumentException {
    try {
      return tree(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
    } catch (YAMLException | NumberFormatException malformed) {
      throw new RefusedDocumentException("no YAML: " + malformed.getMessage());
    }
  }

  /** A key is the text that stands there, as YAML takes the key {@code on} for a truth value. */
  private static JsonNode tree(Node node) throws RefusedDocumentException {
    if (node instanceof MappingNode mapping) {
      var object = NODES.objectNode();
      for (var member : mapping.getValue()) {
        var key = ((ScalarNode) member.getKeyNode()).getValue();
        if (object.has(key)) {
          throw new RefusedDocumentException(key + " comes twice");
        }
        object.set(key, tree(member.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      var array = NODES.arrayNode();
      for (var item : sequence.getValue()) {
        array.add(tree(item));
      }
      return array;
    }
    return node instanceof ScalarNode scalar ? scalar(scalar) : NODES.missingNode();
  }

  private static JsonNode scalar(ScalarNode scalar) {
    if (scalar.getTag().equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    boolean number = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
    return number
        ? NODES.numberNode(new BigDecimal(scalar.getValue().replace("_", "")))
        : NODES.textNode(scalar.getValue());
  }
}
