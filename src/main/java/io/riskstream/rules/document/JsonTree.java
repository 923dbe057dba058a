package io.riskstream.rules.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Content;
import io.riskstream.rules.document.Tree.Mapping;
import io.riskstream.rules.document.Tree.Place;
import io.riskstream.rules.document.Tree.Scalar;
import io.riskstream.rules.document.Tree.Sequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads exactly one JSON value, with its places. */
final class JsonTree {
  private static final int MOST_DEPTH = 30;
  private static final int MOST_DIGITS = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxNumberLength(MOST_DIGITS)
                  .build())
          .build();

  private JsonTree() {}

  static Tree read(byte[] json) throws RulesetException {
    try (var parser = JSON.createParser(text(json))) {
      return read(parser);
    } catch (JsonProcessingException malformed) {
      var at = malformed.getLocation();
      throw new RulesetException(
          "it is no JSON: " + malformed.getOriginalMessage(),
          at == null ? 0 : Math.max(at.getLineNr(), 0),
          at == null ? 0 : Math.max(at.getColumnNr(), 0));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private static Tree read(JsonParser parser) throws IOException, RulesetException {
    try {
      if (parser.nextToken() == null) {
        throw new RulesetException("it is empty, and a document is a JSON object", 1, 1);
      }
      var tree = value(parser);
      if (parser.nextToken() != null) {
        throw new RulesetException(
            "it is no JSON: something follows the document",
            place(parser).line(),
            place(parser).column());
      }
      return tree;
    } catch (StreamConstraintsException beyond) {
      // Says itself neither where nor, in words of ours, what.
      throw new RulesetException(
          "it nests deeper than %d, or has a number of more than %d characters"
              .formatted(MOST_DEPTH, MOST_DIGITS),
          place(parser).line(),
          place(parser).column());
    }
  }

  private static String text(byte[] json) throws RulesetException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new RulesetException("it is no text in UTF-8; write JSON in UTF-8", 0, 0);
    }
  }

  private static Tree value(JsonParser parser) throws IOException {
    var place = place(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, Tree>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield new Mapping(place, members);
      }
      case START_ARRAY -> {
        var elements = new ArrayList<Tree>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield new Sequence(place, elements);
      }
      case VALUE_STRING -> {
        var first = new Place(place.line(), place.column() + 1);
        yield new Scalar(
            place, Tree.Type.TEXT, parser.getText(), new Content(first, first.column()));
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Scalar(place, Tree.Type.NUMBER, parser.getText(), null);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, Tree.Type.BOOL, parser.getText(), null);
      case VALUE_NULL -> new Scalar(place, Tree.Type.NULL, parser.getText(), null);
      default -> throw new IllegalStateException("unexpected " + parser.currentToken());
    };
  }

  private static Place place(JsonParser parser) {
    var at = parser.currentTokenLocation();
    return new Place(at.getLineNr(), at.getColumnNr());
  }
}
