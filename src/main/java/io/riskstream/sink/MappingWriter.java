package io.riskstream.sink;

import java.io.IOException;
import java.util.function.Function;
import org.apache.flink.api.common.serialization.BulkWriter;

/** Turns each element into the row of its file just before it is written. */
final class MappingWriter<T, R> implements BulkWriter<T> {
  private final BulkWriter<R> rows;
  private final Function<T, R> toRow;

  MappingWriter(BulkWriter<R> rows, Function<T, R> toRow) {
    this.rows = rows;
    this.toRow = toRow;
  }

  @Override
  public void addElement(T element) throws IOException {
    rows.addElement(toRow.apply(element));
  }

  @Override
  public void flush() throws IOException {
    rows.flush();
  }

  @Override
  public void finish() throws IOException {
    rows.finish();
  }
}
