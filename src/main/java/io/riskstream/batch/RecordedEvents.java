package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.Lake;
import io.riskstream.source.Intake;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;

/**
 * The lake's events dataset as a bounded source: each row is the event that it was, with the
 * verdict that was recorded. Files come in no order. Flink's own reader of Avro in Parquet does not
 * know the rows' times and decimals.
 */
final class RecordedEvents implements StreamFormat<Intake> {
  private static final long serialVersionUID = 1L;

  private RecordedEvents() {}

  static FileSource<Intake> of(LakeConfig lake) {
    var dataset = new Path(lake.path(), Lake.EVENTS);
    return FileSource.forRecordStreamFormat(new RecordedEvents(), dataset).build();
  }

  @Override
  public Reader<Intake> createReader(
      Configuration config, FSDataInputStream stream, long fileLength, long splitEnd)
      throws IOException {
    return new Rows(
        AvroParquetReader.<EventRow>builder(
                new ParquetInputFile(stream, fileLength), new PlainParquetConfiguration())
            .withDataModel(SpecificData.getForClass(EventRow.class))
            .build());
  }

  @Override
  public Reader<Intake> restoreReader(
      Configuration config,
      FSDataInputStream stream,
      long restoredOffset,
      long fileLength,
      long splitEnd) {
    throw new UnsupportedOperationException("a batch has no checkpoints to be restored from");
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<Intake> getProducedType() {
    return StreamTypes.INTAKE;
  }

  private static Intake intake(EventRow row) {
    var coordinates =
        new Coordinates(
            row.getTopic(),
            row.getPartition(),
            row.getOffset(),
            row.getIngestTime().toEpochMilli());
    var event =
        new UserEvent(
            row.getEventId(),
            row.getUserId(),
            row.getEventType(),
            row.getTimestamp().toEpochMilli(),
            row.getSessionId(),
            row.getValue() == null ? null : Micros.fromDecimal(row.getValue()),
            Map.copyOf(row.getProperties()),
            coordinates,
            row.getLate());
    return new Intake.Valid(event, 0);
  }

  /** The rows of one file. */
  private record Rows(ParquetReader<EventRow> file) implements Reader<Intake> {
    @Override
    public Intake read() throws IOException {
      var row = file.read();
      return row == null ? null : intake(row);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
