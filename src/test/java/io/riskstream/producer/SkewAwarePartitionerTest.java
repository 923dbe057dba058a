package io.riskstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** Where the records of hot and of ordinary users go. */
class SkewAwarePartitionerTest {
  private static final int PARTITIONS = 8;
  private static final int RECORDS = 40_000;
  private static final String HOT = "hot-user";
  private static final double BOUND = 1.3;

  @Test
  void aUserWithAFifthOfTheTrafficDoesNotMakeAPartitionLarge() {
    var partitioner = new SkewAwarePartitioner();
    var random = new Random(1);
    var byKey = new int[PARTITIONS];
    var spread = new int[PARTITIONS];
    for (var number = 0; number < RECORDS; number++) {
      var user = random.nextInt(5) == 0 ? HOT : "user-" + random.nextInt(2_000);
      byKey[kafkasOwn(user, PARTITIONS)]++;
      spread[partition(partitioner, user, "event-" + number)]++;
    }

    assertThat(largestOverMean(byKey)).as("by key").isGreaterThan(2);
    assertThat(largestOverMean(spread)).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void severalHotUsersAreFoundAmongManyOthers() {
    var partitioner = new SkewAwarePartitioner();
    var random = new Random(2);
    var spread = new int[PARTITIONS];
    var partitions = new HashMap<String, Set<Integer>>();
    for (var number = 0; number < RECORDS; number++) {
      var hot = random.nextInt(100) < 40;
      var user = hot ? "hot-" + random.nextInt(8) : "user-" + random.nextInt(100_000);
      var partition = partition(partitioner, user, "event-" + number);
      spread[partition]++;
      partitions.computeIfAbsent(user, name -> new HashSet<>()).add(partition);
    }

    assertThat(largestOverMean(spread)).isLessThanOrEqualTo(BOUND);
    partitions.forEach(
        (user, found) ->
            assertThat(found).as(user).hasSize(user.startsWith("hot-") ? PARTITIONS : 1));
  }

  @Property(tries = 100)
  void whoIsNotHotGoesWhereKafkaWouldSendHim(
      @ForAll @Size(min = 1, max = 200) List<String> users,
      @ForAll @IntRange(min = 1, max = 50) int partitions) {
    var partitioner = new SkewAwarePartitioner();
    for (var user : users) { // fewer than make anybody hot
      assertThat(partition(partitioner, user, "value", partitions))
          .isEqualTo(kafkasOwn(user, partitions));
    }
  }

  @Property(tries = 20)
  void theSameRecordsGoTheSameWayAgain(@ForAll long seed) {
    assertThat(ways(seed)).isEqualTo(ways(seed));
  }

  @Test
  void anExactDuplicateOfAHotUserStandsWithItsOriginal() {
    var partitioner = hot();
    var places = new HashSet<Integer>();
    for (var number = 0; number < 200; number++) {
      var first = partition(partitioner, HOT, "event-" + number);
      places.add(first);
      assertThat(partition(partitioner, HOT, "event-" + number)).isEqualTo(first);
    }
    assertThat(places).hasSize(PARTITIONS);
  }

  @Test
  void whoCoolsDownGoesByKeyAgain() {
    var partitioner = configured(Map.of(SkewAwarePartitioner.WINDOW_RECORDS, "1000"));
    IntStream.range(0, 1_000).forEach(number -> partition(partitioner, HOT, "event-" + number));
    assertThat(placesOfTwenty(partitioner)).as("hot").hasSizeGreaterThan(1);

    for (var number = 0; number < 20_000; number++) {
      partition(partitioner, "user-" + number % 3_000, "event-" + number);
    }

    assertThat(placesOfTwenty(partitioner)).containsExactly(kafkasOwn(HOT, PARTITIONS));
  }

  @Test
  void aRecordWithoutAKeyGoesByItsValue() {
    var partitioner = new SkewAwarePartitioner();
    var places = new HashSet<Integer>();
    for (var number = 0; number < 100; number++) {
      places.add(partition(partitioner, null, "line-" + number));
    }
    assertThat(places).hasSize(PARTITIONS);
    assertThat(partition(partitioner, null, null)).isBetween(0, PARTITIONS - 1);
    assertThat(partition(hot(), HOT, null)).isEqualTo(kafkasOwn(HOT, PARTITIONS));
  }

  @Test
  void severalThreadsMayUseIt() {
    var partitioner = new SkewAwarePartitioner();
    var spread = new int[PARTITIONS];
    var threads =
        IntStream.range(0, 4)
            .mapToObj(
                thread ->
                    CompletableFuture.supplyAsync(() -> countsOf(partitioner, thread, RECORDS / 4)))
            .toList();
    for (var counts : threads) {
      var found = counts.join();
      IntStream.range(0, PARTITIONS).forEach(partition -> spread[partition] += found[partition]);
    }

    assertThat(IntStream.of(spread).sum()).isEqualTo(RECORDS);
    assertThat(largestOverMean(spread)).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(() -> configured(Map.of(SkewAwarePartitioner.HOT_SHARE, "2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("riskstream.partitioner.hot.share");
    assertThatThrownBy(() -> configured(Map.of(SkewAwarePartitioner.HOT_SHARE, "1e-9")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be 0 or lie between 0.01 and 1");
    assertThatThrownBy(() -> configured(Map.of(SkewAwarePartitioner.WINDOW_RECORDS, "0")))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> configured(Map.of(SkewAwarePartitioner.WINDOW_RECORDS, "many")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be a number");
  }

  /** One whom a list names, with nothing learned. */
  private static SkewAwarePartitioner hot() {
    return configured(
        Map.of(
            SkewAwarePartitioner.HOT_KEYS,
            "somebody, " + HOT,
            SkewAwarePartitioner.HOT_SHARE,
            "0"));
  }

  private static SkewAwarePartitioner configured(Map<String, String> properties) {
    var partitioner = new SkewAwarePartitioner();
    partitioner.configure(properties);
    return partitioner;
  }

  private static List<Integer> ways(long seed) {
    var partitioner = new SkewAwarePartitioner();
    var random = new Random(seed);
    var ways = new ArrayList<Integer>();
    for (var number = 0; number < 2_000; number++) {
      var user = "user-" + (int) Math.abs(random.nextGaussian() * 10);
      ways.add(partition(partitioner, user, "event-" + number));
    }
    return ways;
  }

  private static int[] countsOf(SkewAwarePartitioner partitioner, int seed, int records) {
    var random = new Random(seed);
    var counts = new int[PARTITIONS];
    for (var number = 0; number < records; number++) {
      var user = random.nextInt(5) == 0 ? HOT : "user-" + random.nextInt(2_000);
      counts[partition(partitioner, user, seed + "-event-" + number)]++;
    }
    return counts;
  }

  private static Set<Integer> placesOfTwenty(SkewAwarePartitioner partitioner) {
    var places = new HashSet<Integer>();
    for (var number = 0; number < 20; number++) {
      places.add(partition(partitioner, HOT, "later-" + number));
    }
    return places;
  }

  private static double largestOverMean(int[] counts) {
    var all = IntStream.of(counts).summaryStatistics();
    return all.getMax() / all.getAverage();
  }

  private static int kafkasOwn(String user, int partitions) {
    return BuiltInPartitioner.partitionForKey(bytes(user), partitions);
  }

  private static int partition(SkewAwarePartitioner partitioner, String user, String value) {
    return partition(partitioner, user, value, PARTITIONS);
  }

  private static int partition(
      SkewAwarePartitioner partitioner, String user, String value, int partitions) {
    return partitioner.partition(
        "events", user, bytes(user), value, bytes(value), cluster(partitions));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  private static final Map<Integer, Cluster> CLUSTERS = new HashMap<>();

  private static synchronized Cluster cluster(int partitions) {
    return CLUSTERS.computeIfAbsent(partitions, SkewAwarePartitionerTest::clusterOf);
  }

  private static Cluster clusterOf(int partitions) {
    var node = new Node(1, "127.0.0.1", 1);
    var infos =
        IntStream.range(0, partitions)
            .mapToObj(
                partition ->
                    new PartitionInfo(
                        "events", partition, node, new Node[] {node}, new Node[] {node}))
            .toList();
    return new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
  }
}
