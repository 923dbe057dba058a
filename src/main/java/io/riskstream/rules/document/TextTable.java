package io.riskstream.rules.document;

import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Tree.Mapping;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Reads a dimension's values from a text of their own, YAML or JSON. */
public final class TextTable {
  private TextTable() {}

  /**
   * Reads a mapping of texts.
   *
   * @throws RulesetException if it is none, with the place
   */
  public static Map<String, String> read(String text) throws RulesetException {
    var tree = YamlTree.read(text);
    if (!(tree instanceof Mapping table)) {
      throw new RulesetException("it is no mapping; write lines of key: value", 1, 1);
    }
    return values(table.members(), new Fields(table, "", new ArrayList<>()));
  }

  /** Reads members as texts; what is wrong becomes a problem and null. */
  private static Map<String, String> values(Map<String, Tree> members, Fields fields)
      throws RulesetException {
    var values = new TreeMap<String, String>();
    DocumentReader.readValues(members, fields, values);
    fields.throwFirst();
    return values;
  }
}
