package io.riskstream.rules.document;

import io.riskstream.rules.RulesetException;
import java.io.IOException;
import java.util.Map;

/** Where the files lie that documents name. */
@FunctionalInterface
public interface TableFiles {
  /** For those who need documents without such files: refuses each. */
  TableFiles NONE =
      (path, sha256) -> {
        throw new RulesetException("parquet: no file is read here; write values instead", 0, 0);
      };

  /**
   * Returns the table of a Parquet file with the text columns key and value.
   *
   * @param sha256 of the file's bytes, hexadecimal
   * @throws RulesetException if the file is not what the document says, or not there
   * @throws IOException if it cannot be known now; it is to be tried again
   */
  Map<String, String> load(String path, String sha256) throws RulesetException, IOException;
}
