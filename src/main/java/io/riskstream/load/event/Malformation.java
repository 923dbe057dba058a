package io.riskstream.load.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.nio.charset.StandardCharsets;

/**
 * The ways in which the generator spoils an event: at least one for each reason of decode and
 * validate, but for the events of the future, which are a kind of their own.
 */
enum Malformation {
  NO_VALUE(RejectionReason.NULL_RECORD) {
    @Override
    byte[] spoil(EventDraft event) {
      return null;
    }
  },
  ONE_BYTE_TOO_LARGE(RejectionReason.RECORD_TOO_LARGE) {
    @Override
    byte[] spoil(EventDraft event) {
      var json = event.json();
      var padding = Limits.RECORD_BYTES + 1 - event.bytes().length;
      return utf8(json.substring(0, json.length() - 1) + " ".repeat(padding) + "}");
    }
  },
  EMPTY_VALUE(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(EventDraft event) {
      return new byte[0];
    }
  },
  TRUNCATED(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(EventDraft event) {
      var json = event.json();
      return utf8(json.substring(0, json.length() * 2 / 3));
    }
  },
  TWO_DOCUMENTS(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8(event.json() + event.json());
    }
  },
  INVALID_UTF8(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(EventDraft event) {
      var bytes = event.withProperty("torn", "\"?\"").bytes();
      bytes[bytes.length - 4] = (byte) 0xC3;
      return bytes;
    }
  },
  MEMBER_TWICE(RejectionReason.MALFORMED_JSON) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withMember("user_id", "\"somebody-else\"").bytes();
    }
  },
  ARRAY(RejectionReason.NOT_AN_OBJECT) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8("[" + event.json() + "]");
    }
  },
  NO_USER(RejectionReason.MISSING_FIELD) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8(event.json().replaceFirst("\"user_id\":\"[^\"]*\",", ""));
    }
  },
  NULL_EVENT_TYPE(RejectionReason.MISSING_FIELD) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8(event.json().replaceFirst("\"event_type\":\"[^\"]*\"", "\"event_type\":null"));
    }
  },
  NUMBER_AS_USER(RejectionReason.WRONG_TYPE) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8(event.json().replaceFirst("\"user_id\":\"[^\"]*\"", "\"user_id\":17"));
    }
  },
  LIST_AS_PROPERTIES(RejectionReason.WRONG_TYPE) {
    @Override
    byte[] spoil(EventDraft event) {
      return utf8(event.json().replaceFirst("\"properties\":\\{.*", "\"properties\":[]}"));
    }
  },
  EMPTY_EVENT_ID(RejectionReason.EMPTY_FIELD) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withEventId("").bytes();
    }
  },
  LONG_EVENT_TYPE(RejectionReason.FIELD_TOO_LONG) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withEventType("ü".repeat(Limits.ID_BYTES / 2) + "x").bytes();
    }
  },
  LONE_SURROGATE(RejectionReason.INVALID_TEXT) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withProperty("torn", "\"\\ud834 alone\"").bytes();
    }
  },
  MANY_PROPERTIES(RejectionReason.TOO_MANY_PROPERTIES) {
    @Override
    byte[] spoil(EventDraft event) {
      var spoiled = event;
      for (var i = 0; i <= Limits.PROPERTIES; i++) {
        spoiled = spoiled.withProperty("p" + i, Integer.toString(i));
      }
      return spoiled.bytes();
    }
  },
  FRACTION_OF_A_MILLISECOND(RejectionReason.INVALID_TIMESTAMP) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withTimestamp("1767225600000.5").bytes();
    }
  },
  LOCAL_TIMESTAMP(RejectionReason.INVALID_TIMESTAMP) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withTimestamp("\"2026-01-01T00:00:00\"").bytes();
    }
  },
  TEXT_AS_VALUE(RejectionReason.INVALID_VALUE) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withValue("\"12.50\"").bytes();
    }
  },
  HUGE_VALUE(RejectionReason.VALUE_OVERFLOW) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withValue("999999999999.9999999").bytes();
    }
  },
  TWENTIETH_CENTURY(RejectionReason.IMPOSSIBLE_TIMESTAMP) {
    @Override
    byte[] spoil(EventDraft event) {
      return event.withTimestamp(Long.toString(Limits.EARLIEST_TIMESTAMP_MILLIS - 1)).bytes();
    }
  };

  private final RejectionReason reason;

  Malformation(RejectionReason reason) {
    this.reason = reason;
  }

  /** Returns the reason that the semantics give for it. */
  RejectionReason reason() {
    return reason;
  }

  /** Returns the record's value; null is one that has none. */
  abstract byte[] spoil(EventDraft event);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
