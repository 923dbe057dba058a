package io.riskstream.batch;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.ParquetFiles;
import io.riskstream.testkit.RowText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What of a dataset is a function of the input alone, and so the same in a batch.
 *
 * @param name of the dataset
 * @param least how many rows a stream of some seconds has at least
 * @param wanted which rows are final
 * @param open fields that depend on how often something was said before
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FinalRows<T extends SpecificRecordBase>(
    String name, Class<T> type, int least, Predicate<T> wanted, String... open) {
  static final List<FinalRows<?>> ALL =
      List.of(
          new FinalRows<>("events", EventRow.class, 1_000, row -> true),
          new FinalRows<>("ledger", LedgerRow.class, 1_000, row -> true),
          new FinalRows<>("activity", ActivityRow.class, 100, row -> true),
          new FinalRows<>(
              "aggregated/real-time", WindowRow.class, 20, WindowRow::getFinal$, "revision"),
          new FinalRows<>(
              "alerts",
              Alert.class,
              20,
              alert -> alert.getStatus() == AlertStatus.confirmed,
              "revision"),
          new FinalRows<>("profiles", ProfileRow.class, 20, row -> true));

  /** Returns the rows with their folders, in the order of text. */
  List<String> read(Path lake) throws IOException {
    return ParquetFiles.read(lake.resolve(name), type, wanted, row -> RowText.of(row, open));
  }
}
