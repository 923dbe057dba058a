package io.riskstream.manifest;

/** Names of the members that manifest lines are made of, shared by writer and reader. */
final class ManifestFormat {
  /** 1 knew events only. */
  static final int VERSION = 2;

  static final String MANIFEST = "manifest";

  /** In the header the topic of the events; in a line another topic of the header. */
  static final String TOPIC = "topic";

  static final String PROFILES_TOPIC = "profiles_topic";
  static final String CONTROL_TOPIC = "control_topic";
  static final String SETTINGS = "settings";

  static final String SCHEMA = "schema";
  static final String SCHEMA_ID = "id";
  static final String SCHEMA_AVRO = "avro";

  static final String PARTITION = "partition";
  static final String OFFSET = "offset";
  static final String INGEST_TIME = "ingest_time";
  static final String KIND = "kind";
  static final String KEY = "key";
  static final String VALUE = "value";
  static final String BASE64_SUFFIX = "_base64";

  static final String END = "end";
  static final String SENT = "sent";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String FAILED = "failed";

  private ManifestFormat() {}
}
