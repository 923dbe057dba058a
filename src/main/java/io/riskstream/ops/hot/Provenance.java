package io.riskstream.ops.hot;

import io.riskstream.reference.Expected;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The fields of a user's hash that say how it came about. The law does not fix them, so they are
 * held to what they may say at all.
 */
final class Provenance {
  /**
   * What one field must fulfil.
   *
   * @param says the same, for a person
   * @param holds tells of the field's text, which is empty where the field is absent
   */
  record Condition(String field, String says, Predicate<String> holds) {}

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final Pattern VERSION = Pattern.compile("\\d{10}-(\\d{19})-\\d{19}-\\d{10}");

  private Provenance() {}

  static List<Condition> of(Expected.User user) {
    return List.of(
        new Condition(
            "as_of",
            "%d to %d".formatted(user.newestAcceptedMillis(), user.newestRecordMillis()),
            found -> isWithin(found, user.newestAcceptedMillis(), user.newestRecordMillis())),
        new Condition(
            "watermark",
            "epoch milliseconds, or - before the first",
            found -> found.equals("-") || WHOLE.matcher(found).matches()),
        new Condition(
            "was_high",
            user.level().equals("high") ? "1" : "1 or absent",
            found -> found.equals("1") || (found.isEmpty() && !user.level().equals("high"))),
        new Condition(
            "version",
            "a version with %d to %d records routed"
                .formatted(user.totalEvents(), user.validRecords()),
            found -> isVersion(found, user)));
  }

  private static boolean isVersion(String found, Expected.User user) {
    var version = VERSION.matcher(found);
    return version.matches() && isWithin(version.group(1), user.totalEvents(), user.validRecords());
  }

  private static boolean isWithin(String found, long least, long greatest) {
    try {
      long value = Long.parseLong(found);
      return least <= value && value <= greatest;
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }
}
