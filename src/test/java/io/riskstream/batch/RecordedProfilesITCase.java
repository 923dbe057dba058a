package io.riskstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.source.profile.ProfileIntake;
import io.riskstream.testkit.ParquetFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a batch reads of profiles. */
@Timeout(120)
final class RecordedProfilesITCase {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path lake;

  @Test
  void givesEachUpdateAsItWasJudged() throws Exception {
    ParquetFiles.write(
        lake.resolve("profiles/year=2026/part-1.parquet"),
        List.of(
            new ProfileRow("u", NOON, Map.of("a", "b"), "p", 1, 7L, NOON.plusMillis(5), true),
            new ProfileRow("v", NOON, Map.of(), "p", 0, 8L, NOON.plusMillis(6), false)));
    var noon = NOON.toEpochMilli();
    assertThat(read())
        .containsExactlyInAnyOrder(
            new ProfileIntake.Valid(
                new ProfileUpdate(
                    "u", noon, Map.of("a", "b"), new Coordinates("p", 1, 7, noon + 5), true),
                0),
            new ProfileIntake.Valid(
                new ProfileUpdate("v", noon, Map.of(), new Coordinates("p", 0, 8, noon + 6), false),
                0));
  }

  @Test
  void aLakeWithoutTheDatasetHasNone() throws Exception {
    assertThat(read()).isEmpty();
  }

  private List<ProfileIntake> read() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(1);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    return environment
        .fromSource(
            RecordedProfiles.of(new LakeConfig(lake.toUri().toString(), 1 << 20)),
            WatermarkStrategy.noWatermarks(),
            "profiles",
            ProfileIntakeSerializer.TYPE)
        .executeAndCollect(10);
  }
}
