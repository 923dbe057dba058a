package io.riskstream.load;

import io.riskstream.load.event.EventDraft;
import java.time.Instant;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/**
 * Invents what users do: mostly browsing, with a few users under attack, whose logins nearly all
 * fail. A function of the settings and the order of calls.
 */
final class EventWriter {
  private static final long SESSION_MILLIS = 30 * 60 * 1000L;
  private static final String[] DEVICES = {"android", "ios", "linux", "macos", "windows"};
  private static final String[] NETWORKS = {"192.0.2.", "198.51.100.", "203.0.113."};

  private final UniformRandomProvider random;
  private final DiscreteSampler ranks;
  private final String idPrefix;
  private final int attackedRest;

  EventWriter(LoadSettings settings, UniformRandomProvider random) {
    this.random = random;
    this.ranks =
        RejectionInversionZipfSampler.of(random, settings.users(), settings.zipfExponent());
    this.idPrefix = settings.idPrefix();
    this.attackedRest = settings.attackedRest();
  }

  /** Invents the event with this number. */
  EventDraft next(long index, long timestampMillis) {
    var rank = ranks.sample();
    var type = eventType((rank - 1) % LoadSettings.USERS_FOR_ONE_ATTACKED == attackedRest);
    return event(index, "user-" + rank, rank, type, timestampMillis);
  }

  /** Invents the rest of an event of this user and type. */
  EventDraft next(long index, String user, String type, long timestampMillis) {
    return event(index, user, 1, type, timestampMillis);
  }

  private EventDraft event(long index, String user, int rank, String type, long timestampMillis) {
    var event =
        new EventDraft(
            idPrefix + index, user, type, timestamp(timestampMillis), "", properties(rank));
    return unknownFields(value(session(event, timestampMillis)));
  }

  private String eventType(boolean attacked) {
    var percent = random.nextInt(100);
    if (attacked) {
      return percent < 60 ? "failed_login" : percent < 62 ? "successful_login" : "page_view";
    }
    if (percent < 45) {
      return "page_view";
    }
    if (percent < 70) {
      return "ad_impression";
    }
    if (percent < 78) {
      return "ad_click";
    }
    if (percent < 84) {
      return "add_to_cart";
    }
    if (percent < 88) {
      return "purchase";
    }
    return percent < 96 ? "successful_login" : "failed_login";
  }

  private String timestamp(long millis) {
    return random.nextInt(100) == 0
        ? "\"" + Instant.ofEpochMilli(millis) + "\""
        : Long.toString(millis);
  }

  private String properties(int rank) {
    if (random.nextInt(50) == 0) {
      return "";
    }
    var ip = NETWORKS[rank % NETWORKS.length] + random.nextInt(1, 255);
    var device = DEVICES[random.nextInt(DEVICES.length)];
    return "\"ip\":\"" + ip + "\",\"device\":\"" + device + "\"";
  }

  private EventDraft session(EventDraft event, long timestampMillis) {
    var choice = random.nextInt(20);
    if (choice == 0) {
      return event;
    }
    var session = "\"s-" + event.userId() + "-" + timestampMillis / SESSION_MILLIS + "\"";
    return event.withMember("session_id", choice == 1 ? "null" : choice == 2 ? "\"\"" : session);
  }

  private EventDraft value(EventDraft event) {
    if (event.eventType().equals("purchase")) {
      var cents = random.nextInt(100, 50_000);
      return event.withMember(
          "value", String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100));
    }
    if (event.eventType().equals("ad_click")) {
      // Seven places, now and then a tie, so that rounding is put to the test.
      return event.withMember("value", "0." + random.nextInt(1_000_000, 10_000_000));
    }
    return event;
  }

  private EventDraft unknownFields(EventDraft event) {
    return switch (random.nextInt(50)) {
      case 0 -> event.withMember("app_version", "\"5.1\"");
      case 1 -> event.withMember("geo", "{ \"country\": \"DE\", \"at\": [52.50, 1.34e1] }");
      case 2 -> event.withMember("device", "\"shadowed\"").withMember("retries", "2");
      case 3 -> event.withProperty("name", "\"Zoë 𝄞\"").withProperty("note", "\"a\\\"b\\\\c\\n\"");
      case 4 -> event.withProperty("score", "1.50").withProperty("vip", "true");
      case 5 -> event.withProperty("referrer", "null").withProperty("tags", "[ \"a\", 1 ]");
      default -> event;
    };
  }
}
