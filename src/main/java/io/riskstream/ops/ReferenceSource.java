package io.riskstream.ops;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.WindowSpec;
import io.riskstream.ops.lake.LakeCheck;
import io.riskstream.ops.lake.ParquetDimensions;
import io.riskstream.ops.topics.KafkaTopics;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceInput;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks the reference model what a run must have written. */
final class ReferenceSource {
  private final RiskstreamConfig config;

  ReferenceSource(RiskstreamConfig config) {
    this.config = config;
  }

  /**
   * Computes the outcome; what only the run knows is taken from the lake, and everything else is
   * held to it.
   *
   * @throws IOException if something that it depends on cannot be read
   */
  Expected expected(List<SentRecord> events, List<SentRecord> profiles, List<ControlRecord> control)
      throws IOException {
    var input = new ReferenceInput(events, profiles, control, List.of());
    try {
      var expected = ReferenceModel.of(input, settings());
      if (expected.undecided().isEmpty()) {
        return expected;
      }
      var accepted = LakeCheck.acceptedOf(config.lake().path(), expected.undecided());
      return ReferenceModel.of(input.withFirsts(accepted), settings());
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    } catch (IllegalArgumentException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }

  /** Returns all records of the control topic, which is a log of what was put in. */
  List<ControlRecord> control(KafkaTopics kafka) throws IOException {
    var records = new ArrayList<ControlRecord>();
    kafka.read(
        config.kafka().controlTopic(),
        record ->
            records.add(
                new ControlRecord(
                    new Coordinates(
                        record.topic(), record.partition(), record.offset(), record.timestamp()),
                    record.value())));
    return records;
  }

  private ReferenceSettings settings() throws IOException {
    var time = config.time();
    var activity = config.activity();
    var initial = config.rules().initialFile();
    return new ReferenceSettings(
        time.watermarkDelay().toMillis(),
        time.allowedLateness().toMillis(),
        time.maxFutureSkew().toMillis(),
        config.rules().guard().toMillis(),
        activity.live().stream()
            .map(
                live ->
                    new WindowSpec(live.name(), live.size().toMillis(), live.slide().toMillis()))
            .toList(),
        activity.size().toMillis(),
        activity.types(),
        config.profiles().maxAge().toMillis(),
        initial.isEmpty() ? null : Files.readString(Path.of(initial)),
        new ParquetDimensions());
  }
}
