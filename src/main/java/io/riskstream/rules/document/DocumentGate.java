package io.riskstream.rules.document;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.Answer.Accepted;
import io.riskstream.rules.document.Answer.Refused;
import io.riskstream.rules.document.Answer.Repeated;
import io.riskstream.rules.document.DocumentReader.Read;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one gate of documents: says, in offset order, what becomes of each record of the control
 * topic and from when on it is in force. Its answers depend on the records alone, and on those that
 * it has seen. Not thread-safe.
 */
public final class DocumentGate {
  private static final byte FORMAT = 1;

  /** Documents of other kinds than hot-rebuild: each is held by every task of the job. */
  static final int MOST_DOCUMENTS = 100_000;

  /** A hot-rebuild that comes once more behind so many others is obeyed once more, harmlessly. */
  static final int MOST_REBUILDS = 1_000;

  private final Settings settings;
  private final RuleCompiler compiler;
  private final TableFiles files;
  private final LinkedHashMap<Digest, Digest> documents = new LinkedHashMap<>();
  private final LinkedHashMap<Digest, Digest> rebuilds = new LinkedHashMap<>();

  /**
   * How far from a document's broker time its cut is at least.
   *
   * @param maxFutureSkewMillis {@code time.max-future-skew}
   * @param guardMillis {@code rules.guard}
   */
  public record Settings(long maxFutureSkewMillis, long guardMillis) {}

  private record Digest(long high, long low) {
    static Digest of(String text) {
      try {
        var bytes =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        var buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong());
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java has SHA-256", impossible);
      }
    }
  }

  public DocumentGate(Settings settings, RuleCompiler compiler, TableFiles files) {
    this.settings = settings;
    this.compiler = compiler;
    this.files = files;
  }

  /**
   * Judges the next record.
   *
   * @throws IOException if a file that it names cannot be read now; nothing has happened, and the
   *     record is to be judged again
   */
  public Answer judge(ControlRecord record) throws IOException {
    DocumentReader reader = null;
    try {
      reader = DocumentReader.of(record.value());
      return judge(record, reader.read(compiler));
    } catch (RulesetException refused) {
      return new Refused(
          refused.getMessage(),
          refused.line(),
          refused.column(),
          reader == null ? null : reader.kindOrNull(),
          reader == null ? null : reader.idOrNull(),
          reader == null ? null : reader.versionOrNull());
    }
  }

  private Answer judge(ControlRecord record, Read read) throws RulesetException, IOException {
    var document = read.document();
    var known = document instanceof HotRebuild ? rebuilds : documents;
    var identity = Digest.of(document.kind() + "\0" + document.id() + "\0" + document.version());
    var content = Digest.of(DocumentJson.encode(document, read.tableOrNull()));
    var before = known.get(identity);
    if (before != null && before.equals(content)) {
      return new Repeated(document);
    }
    if (before != null) {
      throw new RulesetException(
          "%s %s version %d was accepted before with another content; publish it as version %d or later"
              .formatted(
                  document.kind(), document.id(), document.version(), document.version() + 1L),
          0,
          0);
    }
    if (documents.size() >= MOST_DOCUMENTS && !(document instanceof HotRebuild)) {
      throw new RulesetException(
          "the job holds %,d documents, and that is the limit".formatted(MOST_DOCUMENTS), 0, 0);
    }
    var loaded = DocumentReader.load(read, files);
    requireReadable(loaded.document());
    known.put(identity, content);
    if (rebuilds.size() > MOST_REBUILDS) {
      rebuilds.remove(rebuilds.keySet().iterator().next());
    }
    return accepted(record, loaded);
  }

  /**
   * Every task reads it again, from the wire and from its state: what they could not, is refused.
   */
  private static void requireReadable(ControlDocument document) throws RulesetException {
    DocumentJson.decode(DocumentJson.encode(document));
  }

  private Accepted accepted(ControlRecord record, Read read) {
    var effectiveFrom = effectiveFrom(read.document());
    var earliest =
        record.coordinates().ingestTimeMillis()
            + settings.maxFutureSkewMillis()
            + settings.guardMillis();
    var cut = effectiveFrom == null ? earliest : Math.max(effectiveFrom, earliest);
    var recorded =
        read.tableOrNull() == null
            ? new String(record.value(), StandardCharsets.UTF_8)
            : DocumentJson.encode(read.document(), read.tableOrNull());
    return new Accepted(
        new GatedDocument(
            read.document(),
            read.document() instanceof HotRebuild ? Long.MIN_VALUE : cut,
            record.coordinates().offset()),
        recorded,
        effectiveFrom);
  }

  private static Long effectiveFrom(ControlDocument document) {
    if (document instanceof RulesetDocument ruleset) {
      return ruleset.effectiveFromMillis();
    }
    if (document instanceof RuleDisabled disabled) {
      return disabled.effectiveFromMillis();
    }
    if (document instanceof Suppression suppression) {
      return suppression.effectiveFromMillis();
    }
    return document instanceof Dimension dimension ? dimension.effectiveFromMillis() : null;
  }

  /** Returns what it remembers, for {@link #unpack}: 32 bytes a document. */
  public byte[] pack() {
    var size = 1 + 2 * Integer.BYTES + 4 * Long.BYTES * (documents.size() + rebuilds.size());
    var packed = ByteBuffer.allocate(size).put(FORMAT);
    put(packed, documents);
    put(packed, rebuilds);
    return packed.array();
  }

  /**
   * Takes the place of a gate that was packed; this one must have judged nothing yet.
   *
   * @throws IllegalArgumentException if the bytes are of another format
   */
  public void unpack(byte[] packed) {
    var buffer = ByteBuffer.wrap(packed);
    if (buffer.get() != FORMAT) {
      throw new IllegalArgumentException(
          "the document gate's state is of format " + packed[0] + ", not " + FORMAT);
    }
    take(buffer, documents);
    take(buffer, rebuilds);
  }

  private static void put(ByteBuffer packed, Map<Digest, Digest> known) {
    packed.putInt(known.size());
    known.forEach(
        (identity, content) ->
            packed
                .putLong(identity.high())
                .putLong(identity.low())
                .putLong(content.high())
                .putLong(content.low()));
  }

  private static void take(ByteBuffer buffer, Map<Digest, Digest> known) {
    var size = buffer.getInt();
    for (var i = 0; i < size; i++) {
      var identity = new Digest(buffer.getLong(), buffer.getLong());
      known.put(identity, new Digest(buffer.getLong(), buffer.getLong()));
    }
  }
}
