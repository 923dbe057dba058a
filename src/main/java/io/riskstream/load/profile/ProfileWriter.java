package io.riskstream.load.profile;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Invents what is known of users: mostly country and segment, and now and then nothing of it, more,
 * or what the contract does not know. A function of the order of calls.
 */
final class ProfileWriter {
  /** Two of them are in no region. */
  private static final String[] COUNTRIES = {
    "DE", "FR", "GB", "US", "CA", "BR", "IN", "JP", "AQ", "XX"
  };

  private static final String[] SEGMENTS = {"new", "regular", "regular", "vip", "business"};

  private final UniformRandomProvider random;

  ProfileWriter(UniformRandomProvider random) {
    this.random = random;
  }

  ProfileDraft update(String userId, long timestampMillis) {
    var timestamp =
        random.nextInt(50) == 0
            ? "\"" + Instant.ofEpochMilli(timestampMillis) + "\""
            : Long.toString(timestampMillis);
    return new ProfileDraft(userId, timestampMillis, timestamp, attributes(), members());
  }

  private String attributes() {
    var country = "\"country\":\"" + COUNTRIES[random.nextInt(COUNTRIES.length)] + "\"";
    var segment = "\"segment\":\"" + SEGMENTS[random.nextInt(SEGMENTS.length)] + "\"";
    var both = country + "," + segment;
    return switch (random.nextInt(25)) {
      case 0 -> "";
      case 1 -> segment;
      case 2 -> country + ",\"segment\":null";
      case 3 -> both + ",\"devices\":" + random.nextInt(9) + ",\"email_verified\":true";
      case 4 -> both + ",\"limits\": { \"daily\": 5e2, \"per\": [1, 2.50] }";
      case 5 -> both + ",\"name\":\"Zoë 𝄞\",\"note\":\"a\\\"b\\n\"";
      case 6 -> both + "," + manyAttributes();
      default -> both;
    };
  }

  private String members() {
    return switch (random.nextInt(40)) {
      case 0 -> ",\"source\":\"crm\"";
      case 1 -> ",\"country\":\"shadowed\",\"consent\":false";
      default -> "";
    };
  }

  private static String manyAttributes() {
    return IntStream.range(0, 40)
        .mapToObj(i -> "\"a" + i + "\":\"" + i + "\"")
        .collect(Collectors.joining(","));
  }
}
