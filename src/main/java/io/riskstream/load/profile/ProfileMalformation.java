package io.riskstream.load.profile;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.nio.charset.StandardCharsets;

/** The ways in which an update is spoiled: one for most reasons that a profile can be refused. */
enum ProfileMalformation {
  NO_VALUE(RejectionReason.NULL_RECORD) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return null;
    }
  },
  TRUNCATED(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(ProfileDraft update) {
      var json = update.json();
      return utf8(json.substring(0, json.length() / 2));
    }
  },
  ARRAY(RejectionReason.NOT_AN_OBJECT) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return utf8("[" + update.json() + "]");
    }
  },
  NO_TIMESTAMP(RejectionReason.MISSING_FIELD) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withTimestamp("null").bytes();
    }
  },
  TEXT_AS_ATTRIBUTES(RejectionReason.WRONG_TYPE) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return utf8(update.json().replaceFirst("\"attributes\":\\{.*", "\"attributes\":\"none\"}"));
    }
  },
  EMPTY_USER(RejectionReason.EMPTY_FIELD) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withUserId("").bytes();
    }
  },
  LONG_USER(RejectionReason.FIELD_TOO_LONG) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withUserId("u".repeat(Limits.ID_BYTES + 1)).bytes();
    }
  },
  LONE_SURROGATE(RejectionReason.INVALID_TEXT) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withAttribute("\"torn\":\"\\ud834 alone\"").bytes();
    }
  },
  MANY_ATTRIBUTES(RejectionReason.TOO_MANY_PROPERTIES) {
    @Override
    byte[] spoil(ProfileDraft update) {
      var spoiled = update;
      for (var i = 0; i <= Limits.PROPERTIES; i++) {
        spoiled = spoiled.withAttribute("\"a" + i + "\":" + i);
      }
      return spoiled.bytes();
    }
  },
  NO_DATE(RejectionReason.INVALID_TIMESTAMP) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withTimestamp("\"yesterday\"").bytes();
    }
  },
  LAST_CENTURY(RejectionReason.IMPOSSIBLE_TIMESTAMP) {
    @Override
    byte[] spoil(ProfileDraft update) {
      return update.withTimestamp("946684799999").bytes();
    }
  };

  private final RejectionReason reason;

  ProfileMalformation(RejectionReason reason) {
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }

  /** Returns the value to send, or null. */
  abstract byte[] spoil(ProfileDraft update);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
