package io.riskstream.ops.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.ControlRow;
import io.riskstream.model.ProfileRow;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.RecordPosition;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the datasets that have one row for each identity, activity, profiles and control, against
 * the reference model: exact sets, folder included.
 */
public final class RowsCheck {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Identity of an activity row. */
  private record ActivityKey(String userId, long startMillis) {
    @Override
    public String toString() {
      return "user " + userId + " from " + Instant.ofEpochMilli(startMillis);
    }
  }

  private RowsCheck() {}

  public static Findings activity(String lakePath, List<Expected.Activity> expected)
      throws IOException {
    var findings = new Findings("lake activity");
    var rows =
        new ExactSet<ActivityKey, Expected.Activity, Filed<ActivityRow>>(
            findings,
            (activity, found) -> {
              var row = activity.toRow();
              return found.differences(row, LakeFolders.of(row));
            });
    expected.forEach(row -> rows.expect(new ActivityKey(row.userId(), row.startMillis()), row));
    new LakeDataset<>(lakePath, "activity", new ActivityRow(), findings)
        .read(
            (row, folder, where) ->
                rows.found(
                    new ActivityKey(row.getUserId(), row.getWindowStart().toEpochMilli()),
                    new Filed<>(row, folder),
                    where));
    rows.finish(always -> true);
    return findings;
  }

  public static Findings profiles(String lakePath, List<Expected.Profile> expected)
      throws IOException {
    var findings = new Findings("lake profiles");
    var rows =
        new ExactSet<RecordPosition, Expected.Profile, Filed<ProfileRow>>(
            findings,
            (profile, found) -> {
              var row = profile.toRow();
              return found.differences(row, LakeFolders.of(row));
            });
    for (var profile : expected) {
      var at = profile.sent().coordinates();
      rows.expect(new RecordPosition(at.topic(), at.partition(), at.offset()), profile);
    }
    new LakeDataset<>(lakePath, "profiles", new ProfileRow(), findings)
        .read(
            (row, folder, where) ->
                rows.found(
                    new RecordPosition(row.getTopic(), row.getPartition(), row.getOffset()),
                    new Filed<>(row, folder),
                    where));
    rows.finish(always -> true);
    return findings;
  }

  /** Two documents are the same where they are so as JSON. */
  public static Findings control(String lakePath, List<ControlRow> expected) throws IOException {
    var findings = new Findings("lake control");
    var rows =
        new ExactSet<RecordPosition, ControlRow, Filed<ControlRow>>(
            findings, RowsCheck::differences);
    for (var row : expected) {
      rows.expect(position(row), row);
    }
    new LakeDataset<>(lakePath, "control", new ControlRow(), findings)
        .read((row, folder, where) -> rows.found(position(row), new Filed<>(row, folder), where));
    rows.finish(always -> true);
    return findings;
  }

  private static RecordPosition position(ControlRow row) {
    return new RecordPosition(row.getTopic(), row.getPartition(), row.getOffset());
  }

  private static List<String> differences(ControlRow expected, Filed<ControlRow> found) {
    var differences = new ArrayList<String>();
    var document = found.row().getDocument();
    if (!tree(expected.getDocument()).equals(tree(document))) {
      differences.add(Differences.difference("document", expected.getDocument(), document));
    }
    var sameDocument = ControlRow.newBuilder(expected).setDocument(document).build();
    differences.addAll(found.differences(sameDocument, LakeFolders.of(expected)));
    return differences;
  }

  private static JsonNode tree(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException noJson) {
      return JSON.missingNode();
    }
  }
}
