package io.riskstream.ops.lake;

import io.riskstream.ops.check.Differences;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A row and the folder it lies in.
 *
 * @param <T> the row
 */
record Filed<T extends SpecificRecordBase>(T row, String folder) {
  List<String> differences(SpecificRecordBase expected, String expectedFolder) {
    return differences(expected, expectedFolder, Set.of());
  }

  /**
   * Names what differs.
   *
   * @param open fields that may say anything
   */
  List<String> differences(SpecificRecordBase expected, String expectedFolder, Set<String> open) {
    var differences = Differences.between(expected, row, open);
    if (!expectedFolder.equals(folder)) {
      differences.add(Differences.difference("folder", expectedFolder, folder));
    }
    return differences;
  }
}
