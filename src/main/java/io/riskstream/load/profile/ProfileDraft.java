package io.riskstream.load.profile;

import java.nio.charset.StandardCharsets;

/**
 * A valid profile update before it is bytes. All parts are JSON text already.
 *
 * @param attributes members of {@code attributes}, separated by commas
 * @param members further members, each with a leading comma, or empty
 */
record ProfileDraft(
    String userId, long timestampMillis, String timestamp, String attributes, String members) {

  byte[] key() {
    return userId.getBytes(StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return json().getBytes(StandardCharsets.UTF_8);
  }

  String json() {
    return "{\"user_id\":\""
        + userId
        + "\",\"timestamp\":"
        + timestamp
        + ",\"attributes\":{"
        + attributes
        + "}"
        + members
        + "}";
  }

  ProfileDraft withUserId(String changed) {
    return new ProfileDraft(changed, timestampMillis, timestamp, attributes, members);
  }

  ProfileDraft withTimestamp(String changed) {
    return new ProfileDraft(userId, timestampMillis, changed, attributes, members);
  }

  ProfileDraft withAttribute(String json) {
    return new ProfileDraft(userId, timestampMillis, timestamp, attributes + "," + json, members);
  }
}
