package io.riskstream.batch;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.sink.Lake;
import io.riskstream.source.profile.ProfileIntake;
import org.apache.flink.api.connector.source.Source;

/**
 * The lake's profiles dataset as a bounded source: each row is the update that it was, with the
 * verdict that was recorded. Files come in no order; a lake without the dataset has no updates.
 */
final class RecordedProfiles {
  private RecordedProfiles() {}

  static Source<ProfileIntake, ?, ?> of(LakeConfig lake) {
    return RecordedRows.ofOptional(
        lake,
        Lake.PROFILES,
        ProfileRow.class,
        RecordedProfiles::intake,
        ProfileIntakeSerializer.TYPE);
  }

  private static ProfileIntake intake(ProfileRow row) {
    var coordinates =
        new Coordinates(
            row.getTopic(),
            row.getPartition(),
            row.getOffset(),
            row.getIngestTime().toEpochMilli());
    var update =
        new ProfileUpdate(
            row.getUserId(),
            row.getTimestamp().toEpochMilli(),
            row.getAttributes(),
            coordinates,
            row.getLate());
    return new ProfileIntake.Valid(update, 0);
  }
}
