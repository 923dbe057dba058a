package io.riskstream.producer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/**
 * Spreads the few users who have a large share of the traffic over all partitions, and sends
 * everybody else by key, exactly as Kafka does. The pipeline's final results do not depend on it:
 * they are a function of the events, wherever these stand.
 *
 * <p>A hot user's record goes where the hash of its <em>value</em> points, so that an exact
 * duplicate, such as a resent record, stands in the partition of its original. So does a record
 * without a key. Which users are hot is learned from the traffic, in bounded memory and as a
 * function of the records alone, or given as a list. Safe for use by several threads.
 *
 * <p>Set it as a producer's {@code partitioner.class}; {@code riskstream.partitioner.*} are further
 * properties of the producer.
 */
public final class SkewAwarePartitioner implements Partitioner {
  /** Keys that are hot in any case, separated by commas; none unless set. */
  public static final String HOT_KEYS = "riskstream.partitioner.hot.keys";

  /**
   * Which part of a partition's fair share of the traffic makes a key hot; 0.25 unless set, 0 to
   * learn nothing, else at least 0.01. With 8 partitions, 0.25 is a thirty-second of the traffic.
   */
  public static final String HOT_SHARE = "riskstream.partitioner.hot.share";

  /** About how many records of a topic back the traffic is looked at; 20000 unless set. */
  public static final String WINDOW_RECORDS = "riskstream.partitioner.window.records";

  private static final double DEFAULT_HOT_SHARE = 0.25;

  /** Below, what is remembered and looked through for each record grows without a use. */
  private static final double LEAST_HOT_SHARE = 0.01;

  private static final long DEFAULT_WINDOW_RECORDS = 20_000;
  private static final long WINDOWS_LEAST_PART = 40;

  /** Traffic of a topic as long as it has this many partitions. */
  private record Learned(int partitions, HotKeys keys) {}

  private final Map<String, Learned> topics = new ConcurrentHashMap<>();
  private Set<Long> listed = Set.of();
  private double hotShare = DEFAULT_HOT_SHARE;
  private long windowRecords = DEFAULT_WINDOW_RECORDS;

  @Override
  public void configure(Map<String, ?> properties) {
    var keys = new HashSet<Long>();
    for (var key : text(properties, HOT_KEYS, "").split(",", -1)) {
      if (!key.isBlank()) {
        keys.add(identity(key.strip().getBytes(StandardCharsets.UTF_8)));
      }
    }
    listed = Set.copyOf(keys);
    hotShare = number(properties, HOT_SHARE, DEFAULT_HOT_SHARE);
    if (!(hotShare == 0 || (hotShare >= LEAST_HOT_SHARE && hotShare <= 1))) {
      throw new ConfigException(
          HOT_SHARE, hotShare, "must be 0 or lie between " + LEAST_HOT_SHARE + " and 1");
    }
    var window = number(properties, WINDOW_RECORDS, DEFAULT_WINDOW_RECORDS);
    if (!(window >= 1 && window <= Integer.MAX_VALUE)) {
      throw new ConfigException(WINDOW_RECORDS, window, "must lie between 1 and 2147483647");
    }
    windowRecords = (long) window;
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    int partitions = cluster.partitionsForTopic(topic).size();
    if (keyBytes == null) {
      return valueBytes == null ? 0 : place(valueBytes, partitions);
    }
    var spread = isHot(topic, keyBytes, partitions) && valueBytes != null;
    return place(spread ? valueBytes : keyBytes, partitions);
  }

  @Override
  public void close() {
    topics.clear();
  }

  /** The same as Kafka's own, for a key. */
  private static int place(byte[] bytes, int partitions) {
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }

  private boolean isHot(String topic, byte[] keyBytes, int partitions) {
    long key = identity(keyBytes);
    if (hotShare == 0 || partitions == 1) {
      return listed.contains(key);
    }
    var learned =
        topics.compute(
            topic,
            (name, known) ->
                known != null && known.partitions() == partitions ? known : fresh(partitions));
    return learned.keys().isHot(key) || listed.contains(key);
  }

  private Learned fresh(int partitions) {
    var least = Math.max(1, windowRecords / WINDOWS_LEAST_PART);
    return new Learned(partitions, new HotKeys(hotShare / partitions, windowRecords, least));
  }

  /** Two keys that meet in it are both spread if one is hot, which does no harm. */
  private static long identity(byte[] key) {
    return (long) Utils.murmur2(key) << 32 | (Arrays.hashCode(key) & 0xFFFF_FFFFL);
  }

  private static String text(Map<String, ?> properties, String name, String otherwise) {
    var value = properties.get(name);
    return value == null ? otherwise : value.toString();
  }

  private static double number(Map<String, ?> properties, String name, double otherwise) {
    var value = text(properties, name, Double.toString(otherwise));
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException noNumber) {
      throw new ConfigException(name, value, "must be a number");
    }
  }
}
