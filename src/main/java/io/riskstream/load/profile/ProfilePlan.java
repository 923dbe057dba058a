package io.riskstream.load.profile;

import io.riskstream.load.LoadSettings;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.ListSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Profile updates beside a load of events: at the start one for most of the users with the most
 * events, in order of time, some of them already too old to hold; then changes for as long as there
 * are events. The same settings give the same bytes; no clock is read.
 */
public final class ProfilePlan implements Iterator<PlannedRecord> {
  /** Of more users nothing is said at the start. */
  static final int MOST_INITIAL = 8_000;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double LONGEST_INITIAL_NANOS = 2 * NANOS_PER_SECOND;
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
  private static final int RECENT = 256;

  /** Makes its random numbers others than those of the events. */
  private static final long SEED_OF_PROFILES = 0x70_72_6f_66_69_6c_65_73L;

  private final LoadSettings settings;
  private final ProfileShares shares;
  private final UniformRandomProvider random;
  private final DiscreteSampler ranks;
  private final ProfileWriter profiles;
  private final List<ProfileDraft> initial;
  private final double initialNanos;
  private final double nanosPerChange;
  private final ProfileDraft[] recent = new ProfileDraft[RECENT];
  private long planned;
  private int remembered;
  private int malformed;

  public ProfilePlan(LoadSettings settings, ProfileShares shares) {
    this.settings = settings;
    this.shares = shares;
    this.random = RandomSource.XO_RO_SHI_RO_128_PP.create(settings.seed() ^ SEED_OF_PROFILES);
    this.ranks =
        RejectionInversionZipfSampler.of(random, settings.users(), settings.zipfExponent());
    this.profiles = new ProfileWriter(random);
    this.initial = shares.perEvent() == 0 ? List.of() : initial();
    this.initialNanos = Math.min(LONGEST_INITIAL_NANOS, settings.lengthNanos() / 4);
    this.nanosPerChange = NANOS_PER_SECOND / (settings.ratePerSecond() * shares.perEvent());
  }

  @Override
  public boolean hasNext() {
    return planned < initial.size()
        || (shares.perEvent() > 0 && dueNanos() < settings.lengthNanos());
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var sendOffsetNanos = Math.round(dueNanos());
    var record =
        planned < initial.size()
            ? record(RecordKind.PROFILE, sendOffsetNanos, initial.get((int) planned))
            : change(sendOffsetNanos, settings.startTimeMillis() + sendOffsetNanos / 1_000_000);
    planned++;
    return record;
  }

  private double dueNanos() {
    return planned < initial.size()
        ? planned * (initialNanos / initial.size())
        : initialNanos + (planned - initial.size()) * nanosPerChange;
  }

  private List<ProfileDraft> initial() {
    var drafts = new ArrayList<ProfileDraft>();
    for (var rank = 1; rank <= Math.min(settings.users(), MOST_INITIAL); rank++) {
      if (random.nextInt(5) > 0) {
        drafts.add(profiles.update("user-" + rank, settings.startTimeMillis() - ageMillis()));
      }
    }
    // Those of one time in an order of their own.
    ListSampler.shuffle(random, drafts);
    Collections.sort(drafts, Comparator.comparingLong(ProfileDraft::timestampMillis));
    return drafts;
  }

  /** Mostly hours, but some are older than a profile holds, and some become it within a minute. */
  private long ageMillis() {
    return switch (random.nextInt(20)) {
      case 0 -> DAY_MILLIS + random.nextLong(60 * MINUTE_MILLIS);
      case 1 -> DAY_MILLIS - random.nextLong(MINUTE_MILLIS);
      default -> random.nextLong(20 * 60 * MINUTE_MILLIS);
    };
  }

  private PlannedRecord change(long sendOffsetNanos, long timestampMillis) {
    var horizon = settings.horizonMillis();
    var user = "user-" + ranks.sample();
    var uniform = random.nextDouble();
    if ((uniform -= shares.outOfOrder()) < 0) {
      var update = profiles.update(user, timestampMillis - random.nextLong(horizon + 1));
      return record(RecordKind.PROFILE_OUT_OF_ORDER, sendOffsetNanos, update);
    }
    if ((uniform -= shares.late()) < 0) {
      var by = 2 * horizon + 1 + random.nextLong(horizon + 1);
      var update = profiles.update(user, timestampMillis - by);
      return record(RecordKind.PROFILE_LATE, sendOffsetNanos, update);
    }
    if ((uniform -= shares.malformed()) < 0) {
      var ways = ProfileMalformation.values();
      var update = profiles.update(user, timestampMillis);
      var value = ways[malformed++ % ways.length].spoil(update);
      return new PlannedRecord(sendOffsetNanos, RecordKind.PROFILE_MALFORMED, update.key(), value);
    }
    return uniform - shares.sameTime() < 0
        ? sameTime(sendOffsetNanos, timestampMillis)
        : ordinary(sendOffsetNanos, profiles.update(user, timestampMillis));
  }

  /** Mostly with other attributes, but one in four is the same update once more. */
  private PlannedRecord sameTime(long sendOffsetNanos, long timestampMillis) {
    var known = Math.min(remembered, RECENT);
    var former = known == 0 ? null : recent[random.nextInt(known)];
    if (former == null
        || timestampMillis - former.timestampMillis() > settings.horizonMillis() / 2) {
      var user = "user-" + ranks.sample();
      return ordinary(sendOffsetNanos, profiles.update(user, timestampMillis));
    }
    var update =
        random.nextInt(4) == 0
            ? former
            : profiles.update(former.userId(), former.timestampMillis());
    return record(RecordKind.PROFILE_SAME_TIME, sendOffsetNanos, update);
  }

  private PlannedRecord ordinary(long sendOffsetNanos, ProfileDraft update) {
    recent[remembered++ % RECENT] = update;
    return record(RecordKind.PROFILE, sendOffsetNanos, update);
  }

  private static PlannedRecord record(RecordKind kind, long sendOffsetNanos, ProfileDraft update) {
    return new PlannedRecord(sendOffsetNanos, kind, update.key(), update.bytes());
  }
}
